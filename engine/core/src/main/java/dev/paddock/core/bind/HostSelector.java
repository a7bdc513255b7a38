package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.inventory.HostPatterns;
import dev.paddock.core.inventory.Inventory;
import dev.paddock.core.inventory.UriPrograms;
import dev.paddock.core.inventory.VariableLayer;
import dev.paddock.core.inventory.VariableLayers;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects the inventory hosts that a play applies to, within {@code --limit}, and resolves their URIs. */
final class HostSelector {
    private final Inventory inventory;
    private final HostPatterns patterns;
    private final Optional<String> connect;
    private final boolean programs;
    private final List<VariableLayer> extraVariables;
    private final Expressions expressions;
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private final @Nullable Set<String> limit;
    private final Map<String, Optional<InventoryHost>> hosts = new HashMap<>();

    /**
     * @param request for its limit, and the URI that replaces the one of the host {@code local}
     * @param extraVariables the variables of the command line
     */
    HostSelector(
            Inventory inventory,
            BindRequest request,
            List<VariableLayer> extraVariables,
            Expressions expressions,
            DiagnosticSink diagnostics) {
        this.inventory = inventory;
        this.patterns = new HostPatterns(inventory, diagnostics);
        this.connect = request.connect();
        this.programs = request.consent().programs();
        this.extraVariables = List.copyOf(extraVariables);
        this.expressions = expressions;
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
        this.limit = request.limit()
                .map(pattern -> patterns.select(List.of(pattern), Optional.empty()))
                .orElse(null);
    }

    boolean hasLimit() {
        return limit != null;
    }

    /** Return the names of all hosts of the inventory. */
    Set<String> all() {
        return patterns.select(List.of("all"), Optional.empty());
    }

    /** Return the names of the hosts that a play applies to, within the limit. */
    Set<String> select(YamlNode.Mapping play, Variables variables) {
        var node = play.nonNull("hosts");
        if (node.isEmpty()) {
            return limited(Set.of(Inventory.LOCAL));
        }
        var wanted = scalars.list(expressions.evaluate(node.get(), variables), "a host or group");
        var selected = patterns.select(wanted, Optional.of(node.get().place()));
        if (selected.isEmpty() && !diagnostics.hasErrors()) {
            diagnostics.add(Diagnostic.warning(
                    Code.NOTHING_SELECTED,
                    node.get().place(),
                    "The play applies to no host.",
                    "Put hosts into the group, or correct the pattern."));
        }
        return limited(selected);
    }

    private Set<String> limited(Set<String> selected) {
        if (limit == null) {
            return selected;
        }
        Set<String> left = new LinkedHashSet<>(selected);
        left.retainAll(limit);
        return left;
    }

    /** Return whether the patterns of a play, once evaluated, select a host. */
    boolean selects(YamlNode wanted, InventoryHost host) {
        return patterns.select(scalars.list(wanted, "a host or group"), Optional.of(wanted.place()))
                .contains(host.name());
    }

    /**
     * Return the host of this name; empty, with an error reported, if it has no usable URI.
     *
     * @param playbookFolder the folder of the first playbook that uses it, which may hold variables of its connection
     */
    Optional<InventoryHost> host(String name, Optional<Path> playbookFolder) {
        return hosts.computeIfAbsent(name, key -> resolve(key, playbookFolder));
    }

    private Optional<InventoryHost> resolve(String name, Optional<Path> playbookFolder) {
        if (name.equals(Inventory.LOCAL) && connect.isPresent()) {
            var uri = connect.get();
            return isUri(uri)
                    ? Optional.of(new InventoryHost(name, uri))
                    : badUri(Diagnostic.error(
                            Code.BAD_OPTION,
                            diagnostics.quote(uri) + " is not a URI of libvirt.",
                            "Write one like qemu:///system."));
        }
        var variables = new VariableScope(
                layers(name, playbookFolder).all(), builtIns(new InventoryHost(name, "")), expressions, diagnostics);
        var declared = inventory.uri(name, variables);
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        var node = expressions.evaluate(declared.get(), variables);
        var uri = scalars.text(node, "a URI of libvirt");
        if (uri.isPresent() && !isUri(uri.get())) {
            return badUri(Diagnostic.error(
                    Code.BAD_VALUE,
                    node.place(),
                    diagnostics.quote(uri.get()) + " is not a URI of libvirt.",
                    "Write one like qemu:///system or qemu+ssh://root@" + name + "/system."));
        }
        if (uri.isPresent() && !programs) {
            var started = UriPrograms.in(uri.get());
            if (started.isPresent()) {
                return badUri(Diagnostic.error(
                        Code.URI_STARTS_PROGRAM,
                        node.place(),
                        "The URI of the host '" + name + "' has " + diagnostics.redact(started.get())
                                + ", by which libvirt can start a program on this machine.",
                        "Write it without, or allow it with --allow-programs if you trust the inventory."));
            }
        }
        return uri.map(text -> new InventoryHost(name, text));
    }

    private Optional<InventoryHost> badUri(Diagnostic error) {
        diagnostics.add(error);
        return Optional.empty();
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).getScheme() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Return the variables of a host: those of the inventory, and those of the command line. */
    VariableLayers layers(String host, Optional<Path> playbookFolder) {
        return new VariableLayers(List.of(), inventory.layers(host, playbookFolder), List.of(), extraVariables);
    }

    /** Return the variables that every play has on a host. */
    static Map<String, YamlNode> builtIns(InventoryHost host) {
        var location = SourceLocation.startOf("<host " + host.name() + ">");
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        entries.put("name", new YamlNode.Entry(location, YamlNode.Scalar.of(location, host.name())));
        if (!host.uri().isEmpty()) {
            entries.put("uri", new YamlNode.Entry(location, YamlNode.Scalar.of(location, host.uri())));
        }
        return Map.of("host", new YamlNode.Mapping(location, entries));
    }
}
