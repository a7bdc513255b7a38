package dev.paddock.core.inventory;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An inventory in Paddock's own form: hosts, each with its URI, and groups. */
public final class NativeInventory implements Inventory {
    /** The keys of the form, by which it is recognized. */
    public static final List<String> KEYS = List.of("hosts", "groups");

    private static final String LOCAL_URI = "qemu:///system";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final List<String> HOST_KEYS = List.of("uri", "vars");
    private static final List<String> GROUP_KEYS = List.of("hosts", "groups", "vars");

    /** A host, not evaluated. */
    private record Host(YamlNode uri, VariableLayer variables) {}

    /** A group, not evaluated. */
    private record Group(
            SourceLocation place, List<YamlNode.Scalar> hosts, List<YamlNode.Scalar> groups, VariableLayer variables) {}

    private final DiagnosticSink diagnostics;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();

    /** Whether all hosts and groups are known, so that other names are errors. */
    private boolean complete = true;

    private NativeInventory(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Return the inventory for an unreadable file: any host may exist. */
    public static NativeInventory unreadable(DiagnosticSink diagnostics) {
        var inventory = localOnly(diagnostics);
        inventory.complete = false;
        return inventory;
    }

    /** Return the inventory with only the host {@code local}. */
    public static NativeInventory localOnly(DiagnosticSink diagnostics) {
        var inventory = new NativeInventory(diagnostics);
        inventory.hosts.put(LOCAL, implicitLocal());
        return inventory;
    }

    public static NativeInventory of(YamlNode root, DiagnosticSink diagnostics) {
        var inventory = new NativeInventory(diagnostics);
        inventory.read(root);
        return inventory;
    }

    private static Host implicitLocal() {
        return new Host(YamlNode.Scalar.of(SourceLocation.startOf("<" + LOCAL + ">"), LOCAL_URI), VariableLayer.EMPTY);
    }

    private void read(YamlNode root) {
        var keys = mapping(root, KEYS, "An inventory");
        keys.nonNull("hosts").ifPresent(node -> {
            if (node instanceof YamlNode.Mapping mapping) {
                mapping.entries().forEach(this::readHost);
            } else {
                wrongShape(node, "a mapping of names to hosts, each with its uri");
            }
        });
        keys.nonNull("groups").ifPresent(node -> {
            if (node instanceof YamlNode.Mapping mapping) {
                mapping.entries().forEach(this::readGroup);
            } else {
                wrongShape(node, "a mapping of names to groups, each with its hosts");
            }
        });
        groups.forEach((name, group) -> {
            group.hosts().stream()
                    .filter(host ->
                            !hosts.containsKey(host.text()) && !host.text().equals(LOCAL))
                    .forEach(host -> diagnostics.unknown(
                            Code.UNKNOWN_HOST, host.place(), "There is no host", host.text(), hosts.keySet()));
            group.groups().stream()
                    .filter(below -> !groups.containsKey(below.text()))
                    .forEach(below -> diagnostics.unknown(
                            Code.UNKNOWN_HOST, below.place(), "There is no group", below.text(), groups.keySet()));
            if (below(name).contains(name)) {
                diagnostics.error(
                        Code.BAD_VALUE,
                        group.place(),
                        "The group '" + name + "' contains itself.",
                        "Remove it from the groups below it.");
            }
        });
    }

    private void readHost(String name, YamlNode.Entry entry) {
        if (!isName(name, entry.keyPlace())) {
            return;
        }
        if (entry.value() instanceof YamlNode.Scalar scalar && !scalar.absent()) {
            hosts.put(name, new Host(scalar, VariableLayer.EMPTY));
            return;
        }
        var keys = mapping(entry.value(), HOST_KEYS, "A host");
        var uri = keys.nonNull("uri");
        if (uri.isEmpty() && !name.equals(LOCAL)) {
            diagnostics.error(
                    Code.MISSING_KEY,
                    entry.keyPlace(),
                    "The host '" + name + "' has no uri.",
                    "Add it, for example qemu+ssh://root@" + name + "/system.");
        }
        hosts.put(
                name,
                new Host(
                        uri.orElseGet(() -> YamlNode.Scalar.of(entry.keyPlace(), LOCAL_URI)),
                        keys.get("vars")
                                .map(vars -> VariableLayer.of(vars, diagnostics))
                                .orElse(VariableLayer.EMPTY)));
    }

    private void readGroup(String name, YamlNode.Entry entry) {
        if (!isName(name, entry.keyPlace())) {
            return;
        }
        if (hosts.containsKey(name)) {
            diagnostics.error(
                    Code.CONFLICTING_KEYS,
                    entry.keyPlace(),
                    "There is a host of the same name as the group '" + name + "'.",
                    "Rename one of the two.");
        }
        var keys = mapping(entry.value(), GROUP_KEYS, "A group");
        groups.put(
                name,
                new Group(
                        entry.keyPlace(),
                        keys.nonNull("hosts").map(this::names).orElse(List.of()),
                        keys.nonNull("groups").map(this::names).orElse(List.of()),
                        keys.get("vars")
                                .map(vars -> VariableLayer.of(vars, diagnostics))
                                .orElse(VariableLayer.EMPTY)));
    }

    private boolean isName(String name, SourceLocation place) {
        var valid = NAME.matcher(name).matches();
        if (!valid) {
            diagnostics.error(
                    Code.BAD_VALUE,
                    place,
                    diagnostics.quote(name) + " is not a name of a host or group.",
                    "Use letters, digits, '.', '-' and '_'.");
        }
        return valid;
    }

    private YamlNode.Mapping mapping(YamlNode node, List<String> known, String what) {
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> {
                if (!known.contains(key)) {
                    diagnostics.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, known);
                }
            });
            return mapping;
        }
        if (!(node instanceof YamlNode.Scalar scalar && scalar.absent())) {
            diagnostics.error(
                    Code.WRONG_SHAPE,
                    node.place(),
                    what + " is a mapping, but here is " + node.shape() + ".",
                    "Write a mapping with " + String.join(", ", known) + ".");
        }
        return new YamlNode.Mapping(node.place(), Map.of());
    }

    private List<YamlNode.Scalar> names(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> List.of(scalar);
            case YamlNode.Sequence sequence ->
                sequence.items().stream().flatMap(item -> names(item).stream()).toList();
            case YamlNode.Mapping mapping -> {
                wrongShape(mapping, "a list of names");
                yield List.of();
            }
            case YamlNode.Failed failed -> List.of();
        };
    }

    private void wrongShape(YamlNode node, String expected) {
        diagnostics.error(
                Code.WRONG_SHAPE,
                node.place(),
                "Expected " + expected + " here, and found " + node.shape() + ".",
                "Write " + expected + ".");
    }

    /** Return the groups below a group, which include itself only in a cycle. */
    private Set<String> below(String name) {
        Set<String> found = new LinkedHashSet<>();
        List<String> pending = new ArrayList<>(List.of(name));
        while (!pending.isEmpty()) {
            var group = groups.get(pending.removeLast());
            if (group != null) {
                group.groups().stream()
                        .map(YamlNode.Scalar::text)
                        .filter(found::add)
                        .forEach(pending::add);
            }
        }
        return found;
    }

    @Override
    public Set<String> members(String group) {
        if (group.equals(ALL)) {
            return hosts.keySet();
        }
        Set<String> members = new LinkedHashSet<>();
        List<String> nested = new ArrayList<>(List.of(group));
        nested.addAll(below(group));
        for (var name : nested) {
            var found = groups.get(name);
            if (found != null) {
                found.hosts().stream().map(YamlNode.Scalar::text).forEach(members::add);
            }
        }
        return members;
    }

    @Override
    public Set<String> hosts() {
        return Collections.unmodifiableSet(hosts.keySet());
    }

    @Override
    public Set<String> groups() {
        return Collections.unmodifiableSet(groups.keySet());
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** {@code local} always exists. */
    @Override
    public boolean knows(String host) {
        return host(host).isPresent();
    }

    private Optional<Host> host(String name) {
        var host = hosts.get(name);
        return host == null && name.equals(LOCAL) ? Optional.of(implicitLocal()) : Optional.ofNullable(host);
    }

    @Override
    public Optional<YamlNode> uri(String host, Variables variables) {
        return host(host).map(Host::uri);
    }

    /** Return the variables of the groups of a host, outer groups first, and then its own. */
    @Override
    public List<VariableLayer> layers(String host, Optional<Path> playbookFolder) {
        List<VariableLayer> layers = new ArrayList<>();
        var all = groups.get(ALL);
        if (all != null) {
            layers.add(all.variables());
        }
        groups.entrySet().stream()
                .filter(group ->
                        !group.getKey().equals(ALL) && members(group.getKey()).contains(host))
                .sorted(Comparator.comparingInt((Map.Entry<String, Group> group) ->
                        -below(group.getKey()).size()))
                .forEach(group -> layers.add(group.getValue().variables()));
        host(host).ifPresent(found -> layers.add(found.variables()));
        return layers;
    }
}
