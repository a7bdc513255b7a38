package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.inventory.Inventory;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hosts and groups of all sources of an inventory, with the variables that stand there. */
final class AnsibleHosts {
    static final String UNGROUPED = "ungrouped";
    private static final String PRIORITY = "ansible_group_priority";

    /** A host, its variables, and where it was first named. */
    private record Machine(SourceLocation place, Map<String, YamlNode.Entry> variables) {}

    private final DiagnosticSink diagnostics;
    private final Map<String, Machine> hosts = new LinkedHashMap<>();
    private final Map<String, AnsibleGroup> groups = new LinkedHashMap<>();
    private final AnsibleGroup all;
    private final AnsibleGroup ungrouped;
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();

    AnsibleHosts(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
        this.all = group(Inventory.ALL, SourceLocation.startOf("<inventory>"));
        this.ungrouped = group(UNGROUPED, SourceLocation.startOf("<inventory>"));
    }

    /** Return the group of this name, which is new if there was none. */
    AnsibleGroup group(String name, SourceLocation place) {
        return groups.computeIfAbsent(name, key -> new AnsibleGroup(key, place));
    }

    boolean hasGroup(String name) {
        return groups.containsKey(name);
    }

    Set<String> hosts() {
        return hosts.keySet();
    }

    /** Return where a host was first named. */
    SourceLocation place(String host) {
        var found = hosts.get(host);
        return found == null ? SourceLocation.startOf("<" + host + ">") : found.place();
    }

    Set<String> groups() {
        return groups.keySet();
    }

    /** Add hosts to a group, with variables. */
    void add(HostNames names, AnsibleGroup group, Map<String, YamlNode.Entry> variables, SourceLocation place) {
        for (var name : names.names()) {
            if (!hosts.containsKey(name)) {
                Map<String, YamlNode.Entry> first = new LinkedHashMap<>();
                if (!place.file().startsWith("<")) {
                    var file = Path.of(place.file()).toAbsolutePath().normalize();
                    first.put("inventory_file", entry(place, file.toString()));
                    first.put("inventory_dir", entry(place, String.valueOf(file.getParent())));
                }
                names.port()
                        .ifPresent(port -> first.put(
                                "ansible_port",
                                new YamlNode.Entry(
                                        place,
                                        new YamlNode.Scalar(
                                                place, String.valueOf(port), true, false, ScalarLayout.none(place)))));
                hosts.put(name, new Machine(place, first));
            }
            hosts.get(name).variables().putAll(variables);
            group.hosts.add(name);
        }
    }

    private static YamlNode.Entry entry(SourceLocation place, String text) {
        return new YamlNode.Entry(place, YamlNode.Scalar.of(place, text));
    }

    void setVariable(AnsibleGroup group, String name, YamlNode.Entry entry) {
        if (!name.equals(PRIORITY)) {
            group.variables.put(name, entry);
        } else if (entry.value() instanceof YamlNode.Scalar scalar
                && scalar.text().matches("[-+]?[0-9]{1,9}")) {
            group.setPriority(Integer.parseInt(scalar.text()));
        } else {
            diagnostics.error(
                    Code.BAD_VALUE,
                    entry.value().place(),
                    "The priority of a group is a number.",
                    "Write for example 10; the default is 1.");
        }
    }

    /** Bring all groups below {@code all} and all other hosts into {@code ungrouped}, and check the whole. */
    void complete() {
        Set<String> below = new LinkedHashSet<>();
        groups.values().forEach(group -> below.addAll(group.children));
        // Ansible has 'ungrouped' there before it reads anything.
        var children = new LinkedHashSet<>(Set.of(UNGROUPED));
        children.addAll(all.children);
        groups.keySet().stream()
                .filter(name -> !name.equals(Inventory.ALL) && !below.contains(name))
                .forEach(children::add);
        all.children.clear();
        all.children.addAll(children);
        hosts.keySet().forEach(host -> {
            var grouped = groups.values().stream()
                    .anyMatch(group -> group != all && group != ungrouped && group.hosts.contains(host));
            if (grouped) {
                ungrouped.hosts.remove(host);
            } else {
                ungrouped.hosts.add(host);
            }
        });
        groups.values().forEach(this::check);
    }

    private void check(AnsibleGroup group) {
        if (below(group.name()).contains(group.name())) {
            diagnostics.error(
                    Code.INVENTORY_UNREADABLE,
                    group.place(),
                    "The group '" + group.name() + "' contains itself.",
                    "Remove it from the groups below it.");
        }
        var host = hosts.get(group.name());
        if (host != null) {
            diagnostics.error(
                    Code.CONFLICTING_KEYS,
                    host.place(),
                    "There is a group of the same name as the host '" + group.name() + "'.",
                    "Rename one of the two.");
        }
    }

    /** Return the groups below a group in the order of Ansible, level by level; itself only in a cycle. */
    private Set<String> below(String name) {
        Set<String> found = new LinkedHashSet<>();
        List<String> level = List.of(name);
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (var each : level) {
                var group = groups.get(each);
                if (group != null) {
                    group.children.stream().filter(found::add).forEach(next::add);
                }
            }
            level = next;
        }
        return found;
    }

    /** Return the hosts of a group, once all is read. */
    Set<String> members(String name) {
        return members.computeIfAbsent(name, this::found);
    }

    private Set<String> found(String name) {
        Set<String> found = new LinkedHashSet<>();
        List<String> nested = new ArrayList<>(List.of(name));
        nested.addAll(below(name));
        nested.stream().map(groups::get).forEach(group -> {
            if (group != null) {
                found.addAll(group.hosts);
            }
        });
        return found;
    }

    /** Return the groups of a host without {@code all}, those whose variables win last. */
    List<AnsibleGroup> groupsOf(String host) {
        return groups.values().stream()
                .filter(group -> !group.name().equals(Inventory.ALL))
                .filter(group -> members(group.name()).contains(host))
                .sorted(Comparator.comparingInt((AnsibleGroup group) -> depth(group.name()))
                        .thenComparingInt(AnsibleGroup::priority)
                        .thenComparing(AnsibleGroup::name, CodePoints.ORDER))
                .toList();
    }

    /** Return the length of the longest way from {@code all}. */
    private int depth(String name) {
        var known = depths.get(name);
        if (known != null) {
            return known;
        }
        // A group that contains itself has been reported.
        depths.put(name, 0);
        var depth = groups.values().stream()
                .filter(group -> group.children.contains(name))
                .mapToInt(group -> depth(group.name()) + 1)
                .max()
                .orElse(0);
        depths.put(name, depth);
        return depth;
    }

    Map<String, YamlNode.Entry> groupVariables(String group) {
        var found = groups.get(group);
        return found == null ? Map.of() : found.variables;
    }

    Map<String, YamlNode.Entry> hostVariables(String host) {
        var found = hosts.get(host);
        return found == null ? Map.of() : found.variables();
    }
}
