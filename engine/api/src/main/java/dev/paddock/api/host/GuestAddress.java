package dev.paddock.api.host;

/**
 * An address of a running VM, as reported by one source.
 *
 * @param device the interface: the guest's name for it if its agent reports it, else the host's end
 * @param mac the MAC address of the interface; empty if it has none
 * @param prefix the prefix length of the address; 0 if unknown
 */
public record GuestAddress(String device, String mac, String address, int prefix, Source source) {
    /** Who reports an address, most trustworthy first; the numbers are libvirt's virDomainInterfaceAddressesSource. */
    public enum Source {
        /** A DHCP lease of the host. */
        LEASE(0),
        /** The agent in the guest. */
        AGENT(1),
        /** The neighbor table of the bridge that the VM is plugged into, which libvirt does not offer. */
        NEIGHBOR(-1),
        /** What libvirt reads of the ARP table of the host's kernel: some entries, of all bridges. */
        ARP(2);

        private final int number;

        Source(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** Return the word used in output. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Return whether others than the guest itself can reach it at this address. */
    public boolean isReachable() {
        return !address.startsWith("127.")
                && !address.equals("::1")
                && !address.startsWith("169.254.")
                && !address.toLowerCase(java.util.Locale.ROOT).startsWith("fe80:");
    }
}
