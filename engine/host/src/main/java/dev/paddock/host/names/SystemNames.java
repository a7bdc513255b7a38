package dev.paddock.host.names;

import dev.paddock.api.host.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Resolves names as every program on this machine does: by its hosts file and its name servers. */
public final class SystemNames implements NameResolver {
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
