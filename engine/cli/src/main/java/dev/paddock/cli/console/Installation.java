package dev.paddock.cli.console;

import dev.paddock.host.packages.Apt;
import dev.paddock.host.packages.AptException;
import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;
import java.time.Clock;

/** Makes sure that the packages for a purpose are installed. */
public final class Installation {
    private Installation() {}

    /**
     * Install missing packages after consent, given as an option or at the terminal. Without consent, end with
     * instructions.
     */
    public static void require(PackagePurpose purpose, boolean yes, Console console) throws CommandException {
        var missing = MissingPackages.missing(purpose);
        if (missing.isEmpty()) {
            return;
        }
        var explanation = MissingPackages.explain(purpose, missing);
        if (!yes) {
            if (!console.canAsk()) {
                throw CommandException.failure(explanation);
            }
            console.tell(explanation.detail());
            if (!console.confirm("Install them now?")) {
                throw CommandException.failure(explanation);
            }
        }
        console.tell("Installing what is missing " + purpose.phrase() + "; this may take some minutes.");
        try {
            var installed = new Apt(Clock.systemUTC()).install(missing);
            console.tell("Installed " + String.join(", ", installed) + ".");
        } catch (AptException failure) {
            throw CommandException.failure(failure.diagnostic());
        }
        var still = MissingPackages.missing(purpose);
        if (!still.isEmpty()) {
            throw CommandException.failure(MissingPackages.explain(purpose, still));
        }
    }
}
