package dev.paddock.core.resource;

/**
 * A libvirt host.
 *
 * @param name its name in the inventory
 * @param uri libvirt's URI for it
 */
public record InventoryHost(String name, String uri) {}
