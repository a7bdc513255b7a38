package dev.paddock.reach.matrix;

import dev.paddock.reach.firewall.RuleOrigin;

/** The cause of a verdict. */
public sealed interface VerdictCause {

    /** A rule of a filter. */
    record ByRule(RuleOrigin rule) implements VerdictCause {
        @Override
        public String toString() {
            return rule.toString();
        }
    }

    /** The network: its own rules, or a missing address or port. */
    record ByNetwork(String why) implements VerdictCause {
        @Override
        public String toString() {
            return why;
        }
    }

    /** No rule matches. */
    record ByNobody() implements VerdictCause {
        @Override
        public String toString() {
            return "no rule is for it";
        }
    }
}
