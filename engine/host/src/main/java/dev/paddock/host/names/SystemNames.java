package dev.paddock.host.names;

import dev.paddock.api.host.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;

/** Resolves names as every program on this machine does: by its hosts file and its name servers. */
public final class SystemNames implements NameResolver {
    /**
     * Have every question asked anew, for a process that runs for long. Java reads this once, so it has to be said before
     * the first name is resolved.
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
