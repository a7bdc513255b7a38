package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.schema.Schema;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Interpolation;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Selects the resources of a list in a play: checks their keys, and applies tags, {@code for_each} and {@code when}. */
final class ResourceSelector {
    private final TagSelection tags;
    private final Expressions expressions;
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;

    ResourceSelector(TagSelection tags, Expressions expressions, DiagnosticSink diagnostics) {
        this.tags = tags;
        this.expressions = expressions;
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
    }

    /** Pass each selected resource below the key of a kind to the consumer, in the order of the file. */
    void select(Kind kind, YamlNode list, BindContext context, PlayScope play, Consumer<ResourceItem> selected) {
        if (list instanceof YamlNode.Scalar scalar && scalar.absent()) {
            return;
        }
        var computed = list instanceof YamlNode.Scalar;
        var items = computed ? expressions.evaluate(list, context.variables()) : list;
        switch (items) {
            case YamlNode.Sequence sequence ->
                sequence.items().forEach(item -> selectItem(kind, item, computed, context, play, selected));
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping -> reportNotAList(kind, mapping);
            case YamlNode.Scalar scalar -> reportNotAList(kind, scalar);
        }
    }

    private void reportNotAList(Kind kind, YamlNode node) {
        diagnostics.error(
                Code.WRONG_SHAPE,
                node.place(),
                "'" + kind.key() + "' is a list, but here is " + node.shape() + ".",
                "Start each of them with '- '.");
    }

    private void selectItem(
            Kind kind,
            YamlNode item,
            boolean computed,
            BindContext context,
            PlayScope play,
            Consumer<ResourceItem> selected) {
        switch (item) {
            case YamlNode.Scalar scalar
            when !computed && Interpolation.alone(scalar.text()).isPresent() ->
                selectItem(kind, expressions.evaluate(scalar, context.variables()), true, context, play, selected);
            case YamlNode.Scalar scalar -> reportNotAResource(kind, scalar);
            case YamlNode.Sequence sequence -> reportNotAResource(kind, sequence);
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping ->
                selectByTags(new ResourceItem(kind, mapping, computed, context, play, List.of()), selected);
        }
    }

    private void reportNotAResource(Kind kind, YamlNode node) {
        diagnostics.error(
                Code.WRONG_SHAPE,
                node.place(),
                "Below '" + kind.key() + "' each item is a mapping, but here is " + node.shape() + ".",
                "Write it as a mapping, starting with '- name: ...'.");
    }

    private void selectByTags(ResourceItem item, Consumer<ResourceItem> selected) {
        checkKeys(item);
        var tagged = item.withTags(item.mapping()
                .nonNull("tags")
                .map(node -> scalars.list(item.evaluate(node, expressions), "a tag"))
                .orElse(List.of()));
        if (tags.wants(tagged.tags())) {
            repeat(tagged, selected);
        }
    }

    private void repeat(ResourceItem item, Consumer<ResourceItem> selected) {
        var forEach = item.mapping().nonNull("for_each");
        if (forEach.isEmpty()) {
            selectByCondition(item, selected);
            return;
        }
        switch (item.evaluate(forEach.get(), expressions)) {
            case YamlNode.Failed failed -> {}
            case YamlNode.Scalar scalar -> {
                // An expression may yield nothing, which is an empty list.
                if (!scalar.absent()) {
                    diagnostics.error(
                            Code.WRONG_SHAPE,
                            scalar.place(),
                            "'for_each' is a mapping or a list of texts, but here is " + scalar.shape() + ".",
                            "Write a mapping of keys to values, or a list.");
                }
            }
            case YamlNode.Mapping mapping ->
                mapping.entries().forEach((key, entry) -> {
                    var name = YamlNode.Scalar.of(entry.keyPlace(), key);
                    selectByCondition(repetition(item, name, entry.value()), selected);
                });
            case YamlNode.Sequence sequence -> repeat(item, sequence, selected);
        }
    }

    private void repeat(ResourceItem item, YamlNode.Sequence values, Consumer<ResourceItem> selected) {
        Map<String, SourceLocation> keys = new LinkedHashMap<>();
        for (var value : values.items()) {
            var key = scalars.text(value, "a text; to repeat for mappings, give each a key");
            if (key.isEmpty()) {
                continue;
            }
            var earlier = keys.putIfAbsent(key.get(), value.place());
            if (earlier != null) {
                diagnostics.error(
                        Code.YAML_DUPLICATE_KEY,
                        value.place(),
                        diagnostics.quote(key.get()) + " is in the list twice, first at " + earlier + ".",
                        "Remove one of the two.");
            } else {
                selectByCondition(repetition(item, value, value), selected);
            }
        }
    }

    /** Return the item with the variable {@code each}. */
    private static ResourceItem repetition(ResourceItem item, YamlNode key, YamlNode value) {
        var each = new YamlNode.Mapping(
                value.place(),
                Map.of("key", new YamlNode.Entry(key.place(), key), "value", new YamlNode.Entry(value.place(), value)));
        return item.with(VariableScope.with(item.variables(), Map.of("each", each)));
    }

    private void selectByCondition(ResourceItem item, Consumer<ResourceItem> selected) {
        var condition = item.mapping().nonNull("when");
        if (condition.isEmpty()
                || expressions.holds(condition.get(), item.variables()).orElse(false)) {
            selected.accept(item);
        }
    }

    private void checkKeys(ResourceItem item) {
        var keys = item.mapping();
        var common = CommonKeys.names(item.kind());
        var known = new LinkedHashSet<>(common);
        known.addAll(Schema.keys(item.kind().schema()));
        var templateKey = CommonKeys.templateKey(item.kind());
        var xml = keys.nonNull("xml");
        var template = keys.nonNull(templateKey);
        keys.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                if (template.isPresent() && Suggestion.nearest(key, known).isEmpty()) {
                    diagnostics.error(
                            Code.UNKNOWN_KEY,
                            entry.keyPlace(),
                            "Unknown key " + diagnostics.quote(key) + ".",
                            "What is for the template stands below 'values'.");
                } else {
                    diagnostics.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, known);
                }
            } else if (xml.isPresent() && !common.contains(key)) {
                diagnostics.error(
                        Code.CONFLICTING_KEYS,
                        entry.keyPlace(),
                        "With 'xml' the document says all, so '" + key + "' cannot be given as well.",
                        "Say it in the document, or leave 'xml' out.");
            }
        });
        for (var other : new TreeSet<>(List.of("template", templateKey))) {
            if (xml.isPresent() && keys.nonNull(other).isPresent()) {
                diagnostics.error(
                        Code.CONFLICTING_KEYS,
                        keys.nonNull(other).get().place(),
                        "'xml' and '" + other + "' both give the document.",
                        "Remove one of the two.");
            }
        }
        if (template.isEmpty()
                && keys.nonNull("template").isEmpty()
                && keys.nonNull("values").isPresent()) {
            diagnostics.error(
                    Code.CONFLICTING_KEYS,
                    keys.nonNull("values").get().place(),
                    "'values' are for a template of one's own, and there is no '" + templateKey + "' here.",
                    "Name the template, or remove the values.");
        }
    }
}
