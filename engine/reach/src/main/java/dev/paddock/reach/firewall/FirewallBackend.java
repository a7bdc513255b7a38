package dev.paddock.reach.firewall;

import java.util.Arrays;
import java.util.Optional;

/**
 * What of a host carries out filters. The same filter lets other things pass by each, as they see other packets and make
 * other rules of it.
 */
public sealed interface FirewallBackend {
    /** That of libvirt before 12.8, and the first that newer ones look for. */
    FirewallBackend USUAL = new Iptables(false);

    /** Return what {@code firewall_backend} in nwfilter.conf calls it. */
    String word();

    /**
     * ebtables for frames; iptables and ip6tables for packets that the host routes, gets, or shows them at the bridge.
     *
     * @param takesContinue whether iptables takes the target CONTINUE, and makes a rule of it that does nothing
     */
    record Iptables(boolean takesContinue) implements FirewallBackend {
        public static final String WORD = "iptables";

        @Override
        public String word() {
            return WORD;
        }
    }

    /**
     * nft, with two tables at the bridge that see all that crosses a port, whoever sends it.
     *
     * @param tracksBridges whether the kernel knows the connections of what crosses a bridge (nf_conntrack_bridge)
     */
    record Nftables(boolean tracksBridges) implements FirewallBackend {
        public static final String WORD = "nftables";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** Return the backend of that word, on a host that can do all that it asks for. */
    static Optional<FirewallBackend> named(String word) {
        return Arrays.<FirewallBackend>asList(USUAL, new Nftables(true)).stream()
                .filter(backend -> backend.word().equals(word))
                .findFirst();
    }
}
