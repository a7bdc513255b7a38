package dev.paddock.api.host;

/**
 * A network to which a host sends by one of its interfaces.
 *
 * @param prefix the length of the prefix; a host's default route has none and is not one of these
 */
public record HostRoute(String address, int prefix, String device) {}
