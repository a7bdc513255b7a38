package dev.paddock.nwfilter.protocol;

import java.util.Optional;

/**
 * An attribute of a protocol's element.
 *
 * @param leader the attribute whose negation applies to this one as well, whatever {@code match} says
 *     (virNWFilterRuleDefFixup)
 * @param kept false for an attribute that libvirt's schema accepts and libvirt then drops
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
