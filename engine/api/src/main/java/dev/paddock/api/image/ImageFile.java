package dev.paddock.api.image;

/**
 * A file of an image.
 *
 * @param name of its volume in the pool of images
 * @param format in libvirt's terms: {@code qcow2}, {@code raw}
 */
public record ImageFile(ImageFileRole role, String name, String format) {}
