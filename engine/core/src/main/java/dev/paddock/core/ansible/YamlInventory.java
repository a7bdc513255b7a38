package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads one inventory file in YAML: a mapping of groups, each with hosts, vars and children. */
final class YamlInventory {
    private static final List<String> KEYS = List.of("hosts", "children", "vars");

    private final AnsibleHosts hosts;
    private final Consumer<Diagnostic> diagnostics;

    YamlInventory(AnsibleHosts hosts, Consumer<Diagnostic> diagnostics) {
        this.hosts = hosts;
        this.diagnostics = diagnostics;
    }

    void read(YamlNode.Mapping root) {
        root.entries().forEach(this::readGroup);
    }

    private void readGroup(String name, YamlNode.Entry entry) {
        var group = hosts.group(name, entry.keyPlace());
        if (isNothing(entry.value())) {
            return;
        }
        if (!(entry.value() instanceof YamlNode.Mapping mapping)) {
            error(
                    entry.value().place(),
                    "The group '" + name + "' is a mapping, but here is "
                            + entry.value().shape() + ". Ansible would skip the group with a warning.",
                    "Give it hosts, children or vars.");
            return;
        }
        mapping.entries().forEach((key, part) -> {
            switch (key) {
                case "hosts" ->
                    named(part.value(), "hosts", "h1")
                            .entries()
                            .forEach((pattern, host) -> readHosts(group, pattern, host));
                case "children" ->
                    named(part.value(), "groups", "g1").entries().forEach((child, below) -> {
                        readGroup(child, below);
                        group.children.add(child);
                    });
                case "vars" ->
                    variables(part.value(), "vars")
                            .forEach((variable, value) -> hosts.setVariable(group, variable, value));
                default ->
                    error(
                            part.keyPlace(),
                            "The group '" + name + "' has a key that is none of " + String.join(", ", KEYS)
                                    + ". Ansible would skip it with a warning.",
                            "Put variables below vars, groups below children, and hosts below hosts.");
            }
        });
    }

    private void readHosts(AnsibleGroup group, String pattern, YamlNode.Entry entry) {
        try {
            hosts.add(
                    HostNames.parse(pattern),
                    group,
                    variables(entry.value(), "the variables of a host"),
                    entry.keyPlace());
        } catch (HostNames.BadNameException bad) {
            error(
                    entry.keyPlace(),
                    "This names no hosts: " + bad.getMessage() + ".",
                    "Write a name, an address, or names with a range like db[01:20].");
        }
    }

    /** Return a mapping of names; a single name may stand alone. */
    private YamlNode.Mapping named(YamlNode node, String what, String example) {
        return switch (node) {
            case YamlNode.Mapping mapping -> mapping;
            case YamlNode.Scalar scalar when scalar.absent() -> new YamlNode.Mapping(scalar.place(), Map.of());
            case YamlNode.Scalar scalar
            when !scalar.plain() ->
                new YamlNode.Mapping(
                        scalar.place(),
                        Map.of(scalar.text(), new YamlNode.Entry(scalar.place(), nothing(scalar.place()))));
            case YamlNode.Failed failed -> new YamlNode.Mapping(failed.place(), Map.of());
            case YamlNode.Scalar scalar -> wrongNames(scalar, what, example);
            case YamlNode.Sequence sequence -> wrongNames(sequence, what, example);
        };
    }

    private YamlNode.Mapping wrongNames(YamlNode node, String what, String example) {
        error(
                node.place(),
                "The " + what + " of a group are a mapping, but here is "
                        + (node instanceof YamlNode.Scalar ? "a number or a boolean" : node.shape())
                        + ". Ansible would refuse the file and go on without it.",
                "Write each name as a key: '" + example + ":', one a line.");
        return new YamlNode.Mapping(node.place(), Map.of());
    }

    private Map<String, YamlNode.Entry> variables(YamlNode node, String what) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries();
        }
        if (!isNothing(node)) {
            error(
                    node.place(),
                    "Here " + (what.equals("vars") ? "are the vars of a group" : "are " + what)
                            + ", which are a mapping, and found is " + node.shape() + ".",
                    "Write 'name: value' lines.");
        }
        return Map.of();
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Failed || (node instanceof YamlNode.Scalar scalar && scalar.absent());
    }

    private static YamlNode nothing(SourceLocation place) {
        return new YamlNode.Scalar(place, "", true, false, ScalarLayout.none(place));
    }

    private void error(SourceLocation place, String detail, String fix) {
        diagnostics.accept(Diagnostic.error(Code.INVENTORY_UNREADABLE, place, detail, fix));
    }
}
