package dev.paddock.nwfilter.reach;

import dev.paddock.nwfilter.firewall.Origin;

/** What decided. */
public sealed interface Cause {

    /** A rule of a filter. */
    record ByRule(Origin rule) implements Cause {
        @Override
        public String toString() {
            return rule.toString();
        }
    }

    /** The network: its own rules, or what it has no address or port for. */
    record ByNetwork(String why) implements Cause {
        @Override
        public String toString() {
            return why;
        }
    }

    /** Nothing: no rule is for it. */
    record ByNobody() implements Cause {
        @Override
        public String toString() {
            return "no rule is for it";
        }
    }
}
