package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A group while the inventory is being read. */
final class AnsibleGroup {
    private final String name;
    private final SourceLocation place;
    final Set<String> hosts = new LinkedHashSet<>();
    final Set<String> children = new LinkedHashSet<>();
    final Map<String, YamlNode.Entry> variables = new LinkedHashMap<>();
    private int priority = 1;

    AnsibleGroup(String name, SourceLocation place) {
        this.name = name;
        this.place = place;
    }

    String name() {
        return name;
    }

    SourceLocation place() {
        return place;
    }

    /** Return the order among groups of one depth; the variables of a later one win. */
    int priority() {
        return priority;
    }

    void setPriority(int order) {
        priority = order;
    }
}
