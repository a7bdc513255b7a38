package dev.paddock.reach.policy;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.reach.firewall.FirewallBackend;
import java.util.Arrays;
import java.util.Optional;

/** Converts firewall backends between the report of a host and the evaluator. */
public final class BackendNames {
    private BackendNames() {}

    /** Return the evaluator's model of a host's backend. */
    public static FirewallBackend of(FilterBackend told) {
        return switch (told.kind()) {
            case IPTABLES -> new FirewallBackend.Iptables(told.takesContinue());
            case NFTABLES -> new FirewallBackend.Nftables(told.tracksBridges());
        };
    }

    /** Return a host's backend with this name, with everything that it needs. */
    public static Optional<FilterBackend> named(String word) {
        return Arrays.stream(FilterBackend.Kind.values())
                .filter(kind -> word(kind).equals(word))
                .map(kind -> new FilterBackend(kind, true, "as is asked for", true, true))
                .findFirst();
    }

    /** Return the name of a backend, as in libvirt. */
    public static String word(FilterBackend.Kind kind) {
        return switch (kind) {
            case IPTABLES -> FirewallBackend.Iptables.WORD;
            case NFTABLES -> FirewallBackend.Nftables.WORD;
        };
    }

    /** Return a sentence about the backend of the evaluation, and how it is known. */
    public static String sentence(FilterBackend told) {
        return "Filters are carried out by " + word(told.kind()) + (told.isKnown() ? ", " : ": assumed, ")
                + told.reason() + ".";
    }
}
