package dev.paddock.api.host;

import dev.paddock.api.rule.Normalizers;
import java.util.List;
import java.util.stream.Stream;

/** Resolves the names of hosts to addresses. */
@FunctionalInterface
public interface NameResolver {
    /**
     * Resolves every name to two addresses reserved for documentation (RFC 5737, RFC 3849), for checks of a playbook
     * that use nothing else.
     */
    NameResolver STAND_IN = name -> {
        var number = 1 + Math.floorMod(name.hashCode(), 254);
        return new Answer.Found(List.of("192.0.2." + number, "2001:db8::" + Integer.toHexString(number)));
    };

    /** The result of a lookup. */
    sealed interface Answer {
        /** @param addresses of both families, sorted, without duplicates */
        record Found(List<String> addresses) implements Answer {
            public Found {
                addresses = addresses.stream()
                        .map(Normalizers.ADDRESS::apply)
                        .distinct()
                        .sorted()
                        .toList();
            }

            /** Return the addresses of one family. */
            public List<String> of(boolean isSix) {
                return Stream.of(addresses)
                        .flatMap(List::stream)
                        .filter(address -> address.contains(":") == isSix)
                        .toList();
            }
        }

        /** The name does not exist, or no name server answered. */
        record Unknown() implements Answer {}

        /** The name contains a secret, so no name server was asked. */
        record Withheld() implements Answer {}
    }

    Answer resolve(String name);
}
