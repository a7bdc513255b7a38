package dev.paddock.api.rule;

/**
 * A second spelling of an attribute: {@code ip/@netmask} is equivalent to {@code ip/@prefix}.
 *
 * @param path the path of the second spelling
 * @param attribute the attribute that it is compared as
 * @param canon converts a value of the second spelling to the first
 */
public record Alias(String path, String attribute, Normalizer canon) {}
