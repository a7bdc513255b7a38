package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * The result of a check of a machine.
 *
 * @param check what was checked, the same in every run: "CPU virtualization"
 * @param detail the result in one short line
 * @param diagnostic cause and fix, present if something is missing or wrong
 */
public record CheckResult(String check, Verdict verdict, String detail, Optional<Diagnostic> diagnostic) {

    /** The verdict of a check. */
    public enum Verdict {
        OK("ok"),
        /** It works, but not as well as it could. */
        WARNING("warning"),
        /** It does not work. */
        MISSING("missing"),
        /** It could not be checked, or does not matter here. */
        SKIPPED("skipped");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** Return the word that reports print. */
        public String label() {
            return label;
        }
    }

    static CheckResult ok(String check, String detail) {
        return new CheckResult(check, Verdict.OK, detail, Optional.empty());
    }

    static CheckResult skipped(String check, String detail) {
        return new CheckResult(check, Verdict.SKIPPED, detail, Optional.empty());
    }

    /** Return a result that is missing if the diagnostic is an error, and a warning otherwise. */
    static CheckResult of(String check, String detail, Diagnostic diagnostic) {
        return new CheckResult(
                check, diagnostic.isError() ? Verdict.MISSING : Verdict.WARNING, detail, Optional.of(diagnostic));
    }

    /** Return whether everything required is present. */
    public static boolean isEnough(Iterable<CheckResult> findings) {
        for (var finding : findings) {
            if (finding.verdict() == Verdict.MISSING) {
                return false;
            }
        }
        return true;
    }
}
