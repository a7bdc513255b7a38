package dev.paddock.core.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.core.ansible.InventorySources;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Watchdog;
import dev.paddock.core.load.CoreSchema;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.source.TrustedFiles;
import dev.paddock.core.vault.Vault;
import dev.paddock.core.vault.VaultPassword;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The variables of all hosts of an inventory, evaluated. */
final class InventoryValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private InventoryValues() {}

    /** Return the values of each host; those with an error, which the sink has, are left out. */
    static ObjectNode of(
            List<String> sources, List<VaultPassword> passwords, Optional<Path> folder, DiagnosticSink diagnostics) {
        var vault = new Vault(passwords, diagnostics);
        var trusted = new TrustedFiles();
        InventorySources.trust(sources, trusted);
        folder.ifPresent(trusted::folder);
        var inventory = InventorySources.read(sources, new SourceFiles(diagnostics, trusted), diagnostics, vault);
        var expressions = new Expressions(diagnostics, new Watchdog(Duration.ofMinutes(5)), vault);
        var all = JSON.objectNode();
        for (var host : new TreeSet<>(inventory.hosts())) {
            var scope = new VariableScope(inventory.layers(host, folder), Map.of(), expressions, diagnostics);
            var values = all.putObject(host);
            for (var name : new TreeSet<>(scope.names())) {
                var value = scope.get(name);
                if (!(value instanceof YamlNode.Failed) && value != null) {
                    values.set(name, json(value));
                }
            }
        }
        return all;
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> json(scalar);
            case YamlNode.Sequence list -> {
                var array = JSON.arrayNode();
                list.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case YamlNode.Mapping mapping -> {
                var object = JSON.objectNode();
                mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
                yield object;
            }
            case YamlNode.Failed failed -> JSON.textNode("<failed>");
        };
    }

    private static JsonNode json(YamlNode.Scalar scalar) {
        if (scalar.absent()) {
            return JSON.nullNode();
        }
        if (!scalar.plain()) {
            return JSON.textNode(scalar.text());
        }
        var bool = CoreSchema.bool(scalar.text());
        if (bool.isPresent()) {
            return JSON.booleanNode(bool.get());
        }
        return scalar.text().matches("-?[0-9]+")
                ? JSON.numberNode(new BigInteger(scalar.text()))
                : JSON.numberNode(Double.parseDouble(scalar.text()));
    }
}
