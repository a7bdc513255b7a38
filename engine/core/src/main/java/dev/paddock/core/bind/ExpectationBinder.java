package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.schema.Types;
import dev.paddock.api.value.Value;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.Expectation;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.schema.SchemaValidator;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds the expectations of playbooks, below {@code expect}. */
public final class ExpectationBinder {
    public static final String KEY = "expect";

    public static final Schema.Fields FIELDS = Schema.fields(
            "from", Schema.required(Types.TEXT, "Who speaks: a guest, FILTER@NETWORK, @NETWORK, or somebody else."),
            "to", Schema.optional(Types.TEXT, "To whom: gateway, guests, internet, an address, or a guest."),
            "parameters",
                    Schema.optional(
                            new Schema.MapOf(Types.TEXT, Schema.text(Types.SCALAR)),
                            "Values for variables of the filter, where from or to is FILTER@NETWORK."),
            "allow",
                    Schema.optional(
                            Schema.oneOrMore(Schema.text(Types.TEXT)),
                            "What gets there, and is answered: tcp/443, udp/53, ping, dhcp."),
            "deny",
                    Schema.optional(
                            Schema.oneOrMore(Schema.text(Types.TEXT)),
                            "What does not: the same words; others, for all that allow does not name; or spoofing, such as forged-ip."));

    private final DiagnosticSink diagnostics;
    private final SourceFiles files;
    private final DeclarationRegistry registry;

    ExpectationBinder(DiagnosticSink diagnostics, SourceFiles files, DeclarationRegistry registry) {
        this.files = files;
        this.diagnostics = diagnostics;
        this.registry = registry;
    }

    /** Bind an evaluated list, and register its expectations. */
    void bindAll(YamlNode node, InventoryHost host) {
        switch (node) {
            case YamlNode.Sequence list -> list.items().forEach(item -> bind(item, host));
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping -> bind(mapping, host);
            case YamlNode.Scalar scalar -> {
                if (!scalar.absent()) {
                    notAList(scalar);
                }
            }
        }
    }

    private void bind(YamlNode item, InventoryHost host) {
        switch (item) {
            case YamlNode.Mapping mapping ->
                new SchemaValidator(diagnostics, files, true)
                        .mapping(FIELDS, mapping)
                        .ifPresent(spec -> registry.addExpectation(of(spec, host)));
            case YamlNode.Failed failed -> {}
            case YamlNode.Scalar scalar -> notAList(scalar);
            case YamlNode.Sequence list -> notAList(list);
        }
    }

    private void notAList(YamlNode node) {
        diagnostics.error(
                Code.WRONG_SHAPE,
                node.place(),
                "'expect' is a list of mappings, but here is " + node.shape() + ".",
                "Write for example: - {from: web@agents, to: internet, allow: [tcp/443]}.");
    }

    private static Expectation of(Value.Mapping spec, InventoryHost host) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (spec.get("parameters").orElse(null) instanceof Value.Mapping declared) {
            declared.entries().keySet().forEach(name -> declared.text(name)
                    .ifPresent(text -> parameters.put(name, text)));
        }
        return new Expectation(
                host,
                spec.place(),
                spec.text("from").orElse(""),
                spec.text("to"),
                parameters,
                texts(spec.get("allow")),
                texts(spec.get("deny")));
    }

    private static List<String> texts(Optional<Value> value) {
        return value.orElse(null) instanceof Value.Sequence list
                ? list.items().stream()
                        .map(item -> item instanceof Value.Scalar scalar ? scalar.text() : "")
                        .toList()
                : List.of();
    }
}
