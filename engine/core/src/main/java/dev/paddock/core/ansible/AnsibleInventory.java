package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.inventory.Inventory;
import dev.paddock.core.inventory.VariableLayer;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An inventory of Ansible, with the precedence that Ansible gives its variables. */
final class AnsibleInventory implements Inventory {
    private static final Set<String> LOCALHOST = Set.of("localhost", "127.0.0.1", "::1", LOCAL);
    static final String GROUP_VARS = "group_vars";
    static final String HOST_VARS = "host_vars";

    private final AnsibleHosts hosts;
    private final List<Path> folders;
    private final VariableFiles files;
    private final DiagnosticSink diagnostics;
    private final boolean complete;

    /**
     * @param folders the folders of the sources, which may hold {@code group_vars} and {@code host_vars}
     * @param complete whether all sources could be read
     */
    AnsibleInventory(
            AnsibleHosts hosts, List<Path> folders, VariableFiles files, DiagnosticSink diagnostics, boolean complete) {
        this.hosts = hosts;
        this.folders = List.copyOf(folders);
        this.files = files;
        this.diagnostics = diagnostics;
        this.complete = complete;
    }

    @Override
    public Set<String> hosts() {
        return hosts.members(ALL);
    }

    @Override
    public Set<String> groups() {
        return hosts.groups();
    }

    @Override
    public Set<String> members(String group) {
        return hosts.members(group);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** This machine needs no entry. */
    @Override
    public boolean knows(String host) {
        return hosts.hosts().contains(host) || LOCALHOST.contains(host);
    }

    @Override
    public Optional<YamlNode> uri(String host, Variables variables) {
        if (!hosts.hosts().contains(host)) {
            return LOCALHOST.contains(host)
                    ? Optional.of(YamlNode.Scalar.of(SourceLocation.startOf("<" + host + ">"), LOCAL_URI))
                    : Optional.empty();
        }
        return Optional.of(new AnsibleConnection(variables, diagnostics).uri(host, hosts.place(host)));
    }

    @Override
    public List<VariableLayer> layers(String host, Optional<Path> playbookFolder) {
        var groups = hosts.groupsOf(host).stream().map(AnsibleGroup::name).toList();
        var beside = playbookFolder.map(List::of).orElse(List.of());
        List<VariableLayer> layers = new ArrayList<>();
        layers.add(layer(hosts.groupVariables(ALL), true));
        groups.forEach(group -> layers.add(layer(hosts.groupVariables(group), true)));
        for (var places : List.of(folders, beside)) {
            places.forEach(folder -> layers.addAll(files(folder.resolve(GROUP_VARS), ALL)));
        }
        for (var places : List.of(folders, beside)) {
            for (var folder : places) {
                groups.forEach(group -> layers.addAll(files(folder.resolve(GROUP_VARS), group)));
            }
        }
        layers.add(layer(hosts.hostVariables(host), true));
        for (var places : List.of(folders, beside)) {
            places.forEach(folder -> layers.addAll(files(folder.resolve(HOST_VARS), host)));
        }
        layers.add(layer(magic(host, groups), true));
        return layers;
    }

    private List<VariableLayer> files(Path folder, String name) {
        return files.of(folder, name).stream()
                .map(contents -> layer(contents.variables(), contents.complete()))
                .toList();
    }

    private VariableLayer layer(Map<String, YamlNode.Entry> variables, boolean whole) {
        Map<String, YamlNode.Entry> usable = new LinkedHashMap<>();
        variables.forEach((name, entry) -> {
            if (VariableLayer.isUsable(name)) {
                usable.put(name, entry);
            } else {
                diagnostics.add(Diagnostic.warning(
                        Code.VARIABLE_HIDDEN,
                        entry.keyPlace(),
                        "No expression can use the variable " + diagnostics.quote(name)
                                + ": its name has a meaning of its own there.",
                        "Rename it if a playbook of Paddock needs it."));
            }
        });
        return new VariableLayer(usable, whole, Optional.of(this::prepared));
    }

    /** Return what Ansible itself says of a host. */
    private Map<String, YamlNode.Entry> magic(String host, List<String> groups) {
        var place = SourceLocation.startOf("<host " + host + ">");
        Map<String, YamlNode.Entry> all = new LinkedHashMap<>();
        hosts.groups().forEach(group -> all.put(group, new YamlNode.Entry(place, list(hosts.members(group), place))));
        Map<String, YamlNode.Entry> magic = new LinkedHashMap<>();
        magic.put("inventory_hostname", new YamlNode.Entry(place, YamlNode.Scalar.of(place, host)));
        magic.put(
                "inventory_hostname_short",
                new YamlNode.Entry(place, YamlNode.Scalar.of(place, host.split("\\.", 2)[0])));
        magic.put(
                "group_names",
                new YamlNode.Entry(
                        place, list(groups.stream().sorted(CodePoints.ORDER).toList(), place)));
        magic.put("groups", new YamlNode.Entry(place, new YamlNode.Mapping(place, all)));
        return magic;
    }

    private static YamlNode list(Iterable<String> texts, SourceLocation place) {
        List<YamlNode> items = new ArrayList<>();
        texts.forEach(text -> items.add(YamlNode.Scalar.of(place, text)));
        return new YamlNode.Sequence(place, items);
    }

    /** Return a value of Ansible as one of Paddock: its templates become expressions, and all else stays text. */
    private YamlNode prepared(YamlNode value) {
        return switch (value) {
            case YamlNode.Scalar scalar -> prepared(scalar);
            case YamlNode.Sequence list ->
                new YamlNode.Sequence(
                        list.place(), list.items().stream().map(this::prepared).toList());
            case YamlNode.Mapping mapping -> {
                Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) ->
                                entries.put(key, new YamlNode.Entry(entry.keyPlace(), prepared(entry.value()))));
                yield new YamlNode.Mapping(mapping.place(), entries);
            }
            case YamlNode.Failed failed -> failed;
        };
    }

    private YamlNode prepared(YamlNode.Scalar scalar) {
        if (scalar.plain() || scalar.raw() || (scalar.secret() && Vault.isSealed(scalar.text()))) {
            return scalar;
        }
        var text = JinjaText.translated(scalar.text());
        if (text.isEmpty()) {
            diagnostics.error(
                    Code.TEMPLATE_UNSUPPORTED,
                    scalar.place(),
                    "This Jinja template is not supported: only variables and their parts are, with default('text').",
                    "Set the variable in vars of the play, as an expression of Paddock.");
            return new YamlNode.Failed(scalar.place());
        }
        return text.get().equals(scalar.text())
                ? scalar
                : new YamlNode.Scalar(
                        scalar.place(), text.get(), false, scalar.secret(), ScalarLayout.none(scalar.place()));
    }
}
