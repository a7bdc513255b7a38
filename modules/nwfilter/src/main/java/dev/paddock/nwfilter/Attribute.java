package dev.paddock.nwfilter;

import java.util.Optional;

/**
 * An attribute that a protocol's element takes.
 *
 * @param leader the attribute whose negation this one has, whatever {@code match} says of it; virNWFilterRuleDefFixup
 * @param kept false for one that libvirt's schema takes and libvirt then forgets
 * @param doc one sentence, shown by editors
 */
record Attribute(String name, Notation notation, Optional<String> leader, boolean kept, String doc) {
    static Attribute of(String name, Notation notation, String doc) {
        return new Attribute(name, notation, Optional.empty(), true, doc);
    }

    Attribute negatedWith(String newLeader) {
        return new Attribute(name, notation, Optional.of(newLeader), kept, doc);
    }

    Attribute forgotten() {
        return new Attribute(name, notation, leader, false, doc);
    }
}
