package dev.paddock.cli.reach;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.nwfilter.firewall.Backend;
import java.util.Arrays;
import java.util.Optional;

/** What carries out filters, as hosts tell it and as rules are judged by it. */
public final class Backends {
    private Backends() {}

    /** Return what judges as a host does. */
    public static Backend of(FilterBackend told) {
        return switch (told.kind()) {
            case IPTABLES -> new Backend.Iptables(told.takesContinue());
            case NFTABLES -> new Backend.Nftables(told.tracksBridges());
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
            case IPTABLES -> Backend.Iptables.WORD;
            case NFTABLES -> Backend.Nftables.WORD;
        };
    }

    /** Return a sentence that tells by what something is judged, and how that is known. */
    public static String sentence(FilterBackend told) {
        return "Filters are carried out by " + word(told.kind()) + (told.isKnown() ? ", " : ": assumed, ")
                + told.reason() + ".";
    }
}
