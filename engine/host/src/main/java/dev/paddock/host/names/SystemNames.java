package dev.paddock.host.names;

import dev.paddock.api.host.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;

/** Resolves names like every program on this machine: by its hosts file and its name servers. */
public final class SystemNames implements NameResolver {
    /**
     * Disable caching of answers, for a long-running process. Java reads the setting only once, so call this before the
     * first lookup.
     */
    public static void keepNoAnswers() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    @Override
    public Answer resolve(String name) {
        try {
            return new Answer.Found(Arrays.stream(InetAddress.getAllByName(name))
                    .map(InetAddress::getHostAddress)
                    .toList());
        } catch (UnknownHostException unknown) {
            return new Answer.Unknown();
        }
    }
}
