package dev.paddock.api.host;

/**
 * The interface of a running VM on a network.
 *
 * @param mac the MAC address of the interface, as known to libvirt
 * @param target the host's end of the interface, for example {@code vnet0}
 * @param plugged false if the network was restarted since, which left the interface disconnected
 */
public record NetworkAttachment(String domain, String mac, String target, boolean plugged) {
    public NetworkAttachment(String domain, String mac, String target) {
        this(domain, mac, target, true);
    }
}
