package dev.paddock.nwfilter.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A protocol that a rule can match: an element of libvirt and its attributes.
 *
 * @param doc one sentence, shown by editors
 */
public record Protocol(String name, List<Attribute> attributes, String doc) {
    public Protocol {
        attributes = List.copyOf(attributes);
    }

    public Optional<Attribute> attribute(String wanted) {
        return attributes.stream().filter(known -> known.name().equals(wanted)).findFirst();
    }

    public boolean has(String attribute) {
        return attribute(attribute).isPresent();
    }
}
