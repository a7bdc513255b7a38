package dev.paddock.api.host;

/**
 * A running guest's interface on a network.
 *
 * @param mac the interface's address, as libvirt has it
 * @param target the host's end of it, for example {@code vnet0}
 * @param plugged false when the network was stopped and started since, which left the interface connected to nothing
 */
public record NetworkAttachment(String domain, String mac, String target, boolean plugged) {
    public NetworkAttachment(String domain, String mac, String target) {
        this(domain, mac, target, true);
    }
}
