package dev.paddock.reach.matrix;

import dev.paddock.reach.firewall.RuleOrigin;

/** What decided. */
public sealed interface VerdictCause {

    /** A rule of a filter. */
    record ByRule(RuleOrigin rule) implements VerdictCause {
        @Override
        public String toString() {
            return rule.toString();
        }
    }

    /** The network: its own rules, or what it has no address or port for. */
    record ByNetwork(String why) implements VerdictCause {
        @Override
        public String toString() {
            return why;
        }
    }

    /** Nothing: no rule is for it. */
    record ByNobody() implements VerdictCause {
        @Override
        public String toString() {
            return "no rule is for it";
        }
    }
}
