package dev.paddock.core.bind;

/**
 * A libvirt host.
 *
 * @param name its name in the inventory
 * @param uri libvirt's connection URI
 */
public record Target(String name, String uri) {}
