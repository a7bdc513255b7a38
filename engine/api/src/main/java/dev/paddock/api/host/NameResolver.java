package dev.paddock.api.host;

import dev.paddock.api.rule.Normalizers;
import java.util.List;
import java.util.stream.Stream;

/** Tells the addresses of hosts by their names. */
@FunctionalInterface
public interface NameResolver {
    /**
     * Answers every name by two addresses for documentation (RFC 5737, RFC 3849), for whoever looks at a playbook and at
     * nothing else.
     */
    NameResolver STAND_IN = name -> {
        var number = 1 + Math.floorMod(name.hashCode(), 254);
        return new Answer.Found(List.of("192.0.2." + number, "2001:db8::" + Integer.toHexString(number)));
    };

    /** What is known of a name. */
    sealed interface Answer {
        /** @param addresses of both families, sorted, and none of them twice */
        record Found(List<String> addresses) implements Answer {
            public Found {
                addresses = addresses.stream()
                        .map(Normalizers.ADDRESS::apply)
                        .distinct()
                        .sorted()
                        .toList();
            }

            /** Return those of one family. */
            public List<String> of(boolean isSix) {
                return Stream.of(addresses)
                        .flatMap(List::stream)
                        .filter(address -> address.contains(":") == isSix)
                        .toList();
            }
        }

        /** There is no such name, or nobody who could tell. */
        record Unknown() implements Answer {}
    }

    Answer resolve(String name);
}
