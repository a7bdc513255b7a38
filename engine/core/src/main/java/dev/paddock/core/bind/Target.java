package dev.paddock.core.bind;

/**
 * A libvirt host.
 *
 * @param name its name in the inventory
 * @param uri libvirt's URI for it
 */
public record Target(String name, String uri) {}
