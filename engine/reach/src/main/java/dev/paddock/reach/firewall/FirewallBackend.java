package dev.paddock.reach.firewall;

import java.util.Arrays;
import java.util.Optional;

/**
 * The part of a host that carries out filters. Each backend passes different traffic with the same filter: they see
 * different packets, and translate rules differently.
 */
public sealed interface FirewallBackend {
    /** The backend of libvirt before 12.8, and the first that newer versions look for. */
    FirewallBackend USUAL = new Iptables(false);

    /** Return its name in the setting {@code firewall_backend} of nwfilter.conf. */
    String word();

    /**
     * ebtables for frames; iptables and ip6tables for packets that the host routes, receives, or passes to them at the
     * bridge.
     *
     * @param takesContinue whether iptables accepts the target CONTINUE, and creates a rule without an effect for it
     */
    record Iptables(boolean takesContinue) implements FirewallBackend {
        public static final String WORD = "iptables";

        @Override
        public String word() {
            return WORD;
        }
    }

    /**
     * nft, with two tables at the bridge that see everything that crosses a port, from any sender.
     *
     * @param tracksBridges whether the kernel tracks connections across bridges (nf_conntrack_bridge)
     */
    record Nftables(boolean tracksBridges) implements FirewallBackend {
        public static final String WORD = "nftables";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** Return the backend with this name, on a host that supports everything the backend needs. */
    static Optional<FirewallBackend> named(String word) {
        return Arrays.<FirewallBackend>asList(USUAL, new Nftables(true)).stream()
                .filter(backend -> backend.word().equals(word))
                .findFirst();
    }
}
