package dev.paddock.nwfilter.protocol;

import java.util.Optional;

/**
 * An attribute that a protocol's element takes.
 *
 * @param leader the attribute whose negation this one has, whatever {@code match} says of it; virNWFilterRuleDefFixup
 * @param kept false for one that libvirt's schema takes and libvirt then forgets
 * @param doc one sentence, shown by editors
 */
public record Attribute(String name, ValueFormat notation, Optional<String> leader, boolean kept, String doc) {
    static Attribute of(String name, ValueFormat notation, String doc) {
        return new Attribute(name, notation, Optional.empty(), true, doc);
    }

    Attribute negatedWith(String newLeader) {
        return new Attribute(name, notation, Optional.of(newLeader), kept, doc);
    }

    Attribute forgotten() {
        return new Attribute(name, notation, leader, false, doc);
    }
}
