package dev.paddock.api.host;

/**
 * A running guest's interface on a network.
 *
 * @param mac the interface's address, as libvirt has it
 * @param target the host's end of it, for example {@code vnet0}
 */
public record Attachment(String domain, String mac, String target) {}
