package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * The answer to one question about a machine.
 *
 * @param check what was looked at, the same in every run: "CPU virtualization"
 * @param detail what was found, in one short line
 * @param diagnostic cause and way out, present when something is missing or not as it should be
 */
public record CheckResult(String check, Verdict verdict, String detail, Optional<Diagnostic> diagnostic) {

    /** How it stands. */
    public enum Verdict {
        OK("ok"),
        /** It works without, but not as well. */
        WARNING("warning"),
        /** It does not work without. */
        MISSING("missing"),
        /** It could not be looked at, or does not matter here. */
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

    /** Return a finding that stands in the way when the diagnostic is an error, and is a warning otherwise. */
    static CheckResult of(String check, String detail, Diagnostic diagnostic) {
        return new CheckResult(
                check, diagnostic.isError() ? Verdict.MISSING : Verdict.WARNING, detail, Optional.of(diagnostic));
    }

    /** Return whether all that is required is there. */
    public static boolean isEnough(Iterable<CheckResult> findings) {
        for (var finding : findings) {
            if (finding.verdict() == Verdict.MISSING) {
                return false;
            }
        }
        return true;
    }
}
