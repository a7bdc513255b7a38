package dev.paddock.nwfilter;

import java.util.List;
import java.util.Optional;

/**
 * A protocol that a rule can match: an element of libvirt's, and its attributes.
 *
 * @param doc one sentence, shown by editors
 */
record Protocol(String name, List<Attribute> attributes, String doc) {
    Protocol {
        attributes = List.copyOf(attributes);
    }

    Optional<Attribute> attribute(String wanted) {
        return attributes.stream().filter(known -> known.name().equals(wanted)).findFirst();
    }

    boolean has(String attribute) {
        return attribute(attribute).isPresent();
    }
}
