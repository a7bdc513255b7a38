package dev.paddock.api.rule;

/**
 * A second spelling of an attribute: {@code ip/@netmask} says what {@code ip/@prefix} says in other words.
 *
 * @param path the path of the second spelling
 * @param attribute the attribute that it is compared as
 * @param canon turns a value of the second spelling into one of the first
 */
public record Alias(String path, String attribute, Normalizer canon) {}
