package dev.paddock.reach.policy;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.reach.firewall.FirewallBackend;
import java.util.Arrays;
import java.util.Optional;

/** What carries out filters, as hosts tell it and as rules are judged by it. */
public final class BackendNames {
    private BackendNames() {}

    /** Return what judges as a host does. */
    public static FirewallBackend of(FilterBackend told) {
        return switch (told.kind()) {
            case IPTABLES -> new FirewallBackend.Iptables(told.takesContinue());
            case NFTABLES -> new FirewallBackend.Nftables(told.tracksBridges());
        };
    }

    /** Return a host whose filters are carried out by the one of that word, and that lacks nothing which that needs. */
    public static Optional<FilterBackend> named(String word) {
        return Arrays.stream(FilterBackend.Kind.values())
                .filter(kind -> word(kind).equals(word))
                .map(kind -> new FilterBackend(kind, true, "as is asked for", true, true))
                .findFirst();
    }

    /** Return how a kind is called, by libvirt as well. */
    public static String word(FilterBackend.Kind kind) {
        return switch (kind) {
            case IPTABLES -> FirewallBackend.Iptables.WORD;
            case NFTABLES -> FirewallBackend.Nftables.WORD;
        };
    }

    /** Return a sentence that tells by what something is judged, and how that is known. */
    public static String sentence(FilterBackend told) {
        return "Filters are carried out by " + word(told.kind()) + (told.isKnown() ? ", " : ": assumed, ")
                + told.reason() + ".";
    }
}
