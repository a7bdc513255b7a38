package dev.paddock.api.resource;

/**
 * A resource that another needs.
 *
 * @param path where in the document it is named, as an XPath
 */
public record Reference(ResourceId to, String path) {}
