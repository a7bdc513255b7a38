package dev.paddock.vm;

import dev.paddock.api.xml.Element;
import java.util.Map;

/** A guest in the words of a playbook. */
final class VmDescription {
    private VmDescription() {}

    static Map<String, Object> of(Element guest) {
        return Map.of();
    }
}
