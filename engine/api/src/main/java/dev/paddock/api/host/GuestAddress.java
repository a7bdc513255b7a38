package dev.paddock.api.host;

/**
 * An address of a running guest, as one source tells it.
 *
 * @param device the interface: as the guest calls it where its agent tells, else the host's end
 * @param mac the interface's address in the network; empty where it has none
 * @param prefix the bits of the address that are the network's; 0 where that is not known
 */
public record GuestAddress(String device, String mac, String address, int prefix, Source source) {
    /** virDomainInterfaceAddressesSource, in the order of how far they are to be trusted. */
    public enum Source {
        /** What the host's DHCP server gave out. */
        LEASE(0),
        /** What the agent in the guest says. */
        AGENT(1),
        /** What the host's kernel has seen. */
        ARP(2);

        private final int number;

        Source(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** Return the word for people and programs. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Return whether somebody else than the guest itself can reach it there. */
    public boolean isReachable() {
        return !address.startsWith("127.")
                && !address.equals("::1")
                && !address.startsWith("169.254.")
                && !address.toLowerCase(java.util.Locale.ROOT).startsWith("fe80:");
    }
}
