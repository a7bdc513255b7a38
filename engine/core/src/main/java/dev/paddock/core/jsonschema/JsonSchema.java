package dev.paddock.core.jsonschema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.schema.Schema;
import dev.paddock.core.bind.CommonKeys;
import dev.paddock.core.bind.ExpectationBinder;
import dev.paddock.core.bind.ResourceTemplates;
import dev.paddock.core.rollout.RolloutBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Schema of playbooks, for editors (draft 2020-12).
 *
 * <p>It checks less than the binder: an expression may replace any scalar, and only the binder knows its value.
 */
public final class JsonSchema {
    private static final Map<String, Object> EXPRESSION = reference("expression");

    private JsonSchema() {}

    /** Return the schema of playbooks with these kinds, and of the fragments that they include. */
    public static String of(List<Kind> kinds) {
        var definitions = object();
        definitions.put(
                "expression", described(object("type", "string", "pattern", "\\$\\{|<#"), "An expression: ${...}"));
        definitions.put("flag", flag());
        definitions.put("words", oneOrMore(object("type", List.of("string", "number"))));
        definitions.put(
                "variables",
                described(object("type", "object"), "Variables by name; values may use ${...} of other variables."));
        kinds.forEach(kind -> definitions.put(kind.name(), resource(kind)));
        ResourceTemplates.templateKinds(kinds)
                .forEach((key, templateKinds) -> definitions.put(key, template(templateKinds)));
        definitions.put("play", play(kinds));

        var schema = object();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Paddock playbook");
        schema.put("anyOf", List.of(list(reference("play")), reference("play")));
        schema.put("$defs", definitions);
        try {
            var unix = new DefaultIndenter("  ", "\n");
            return new ObjectMapper()
                            .writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(unix)
                                    .withArrayIndenter(unix))
                            .writeValueAsString(schema)
                    + "\n";
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A schema that is no JSON. This is a bug in this tool.", failure);
        }
    }

    private static Map<String, Object> play(List<Kind> kinds) {
        var properties = object();
        properties.put("name", described(object("type", "string"), "What the play is for."));
        properties.put(
                "project",
                described(
                        scalar(object("type", "string", "pattern", "^[A-Za-z0-9._-]+$")),
                        "Whose the resources are; a project never touches those of another."));
        properties.put(
                "hosts", described(reference("words"), "Hosts or groups of the inventory; local when not given."));
        properties.put(
                RolloutBuilder.SERIAL,
                described(
                        anyOf(List.of(reference("words"), object("type", "integer"))),
                        "How many hosts are changed at a time: a number, a percentage, or a list of them."));
        properties.put(
                RolloutBuilder.MAX_FAILURES,
                described(
                        scalar(object("type", "integer", "minimum", 0)),
                        "How many hosts may fail before no other is begun."));
        properties.put("vars", reference("variables"));
        properties.put("vars_files", described(reference("words"), "Files of variables, relative to this file."));
        properties.put(
                "include", described(reference("words"), "Files with plays or fragments, relative to this file."));
        properties.put("tags", described(reference("words"), "Tags of all resources of the play."));
        properties.put("when", condition());
        properties.put(
                ExpectationBinder.KEY,
                described(
                        list(anyOf(List.of(
                                closed(properties(ExpectationBinder.FIELDS), required(ExpectationBinder.FIELDS)),
                                EXPRESSION))),
                        "What passes between VMs and others, and what does not."));
        ResourceTemplates.templateKinds(kinds)
                .keySet()
                .forEach(key -> properties.put(key, list(anyOf(List.of(reference(key), EXPRESSION)))));
        for (var kind : kinds) {
            properties.put(kind.key(), list(anyOf(List.of(reference(kind.name()), EXPRESSION))));
        }
        return closed(properties, List.of());
    }

    private static Map<String, Object> template(List<Kind> kinds) {
        var all = object();
        kinds.forEach(kind -> all.putAll(all(kind)));
        var properties = object();
        properties.put(
                ResourceTemplates.BASE,
                described(object("type", List.of("string", "number")), "The template it is based on."));
        all.keySet().retainAll(ResourceTemplates.keys(kinds));
        properties.putAll(all);
        return closed(properties, List.of("name"));
    }

    private static Map<String, Object> all(Kind kind) {
        var properties = object();
        properties.put("name", described(scalar(object("type", List.of("string", "number"))), "libvirt's name of it."));
        ContainedKind.of(kind)
                .within()
                .ifPresent(key -> properties.put(
                        key,
                        described(
                                scalar(object("type", List.of("string", "number"))),
                                "The name of the " + key + " that it is in.")));
        properties.put(
                "state",
                described(
                        scalar(object(
                                "enum", List.copyOf(CommonKeys.states(kind).keySet()))),
                        "What it is."));
        if (kind.hasState()) {
            properties.put("autostart", described(reference("flag"), "Whether libvirtd starts it when it starts."));
        }
        properties.put("protect", described(reference("flag"), "Whether it must not be removed or replaced."));
        properties.put(
                "validate",
                described(
                        reference("flag"),
                        "Whether its document has to satisfy libvirt's schema. Without, what libvirt drops is found"
                                + " only after it was applied."));
        properties.put("tags", described(reference("words"), "Tags, for --tags and --skip-tags."));
        properties.put("when", condition());
        properties.put(
                "for_each",
                described(
                        object("type", List.of("object", "array", "string")),
                        "A mapping or list; one resource for each, with each.key and each.value."));
        properties.put(
                "on_change",
                described(
                        scalar(object("enum", List.copyOf(CommonKeys.changePolicies()))),
                        "The costliest way in which it may be changed without asking."));
        properties.put(
                "xml",
                described(
                        anyOf(List.of(object("type", "string"), file())),
                        "The document itself, or the file in which it stands."));
        ShorthandKind.of(kind)
                .templates()
                .ifPresent(key -> properties.put(
                        "template",
                        described(object("type", List.of("string", "number")), "One of the play's " + key + ".")));
        properties.put(
                CommonKeys.templateKey(kind),
                described(object("type", "string"), "A Freemarker template, relative to this file."));
        properties.put("values", described(object("type", List.of("object", "string")), "Variables for the template."));
        properties.keySet().retainAll(CommonKeys.names(kind));
        properties.putAll(properties(kind.schema()));
        return properties;
    }

    private static Map<String, Object> resource(Kind kind) {
        List<String> required = new ArrayList<>(List.of("name"));
        required.addAll(required(kind.schema()));
        var resource = closed(all(kind), List.of());
        resource.put(
                "anyOf",
                List.of(
                        object("required", List.of("xml")),
                        object("required", List.of(CommonKeys.templateKey(kind))),
                        absent(),
                        object("required", required)));
        return resource;
    }

    private static Map<String, Object> absent() {
        var absent = object();
        absent.put("properties", object("state", object("const", "absent")));
        absent.put("required", List.of("name", "state"));
        return absent;
    }

    private static Map<String, Object> properties(Schema.Fields fields) {
        var properties = object();
        fields.fields().forEach((key, field) -> properties.put(key, described(schema(field.schema()), field.doc())));
        return properties;
    }

    private static List<String> required(Schema.Fields fields) {
        return fields.fields().entrySet().stream()
                .filter(field -> field.getValue().required())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Object> schema(Schema schema) {
        return switch (schema) {
            case Schema.Text text -> {
                var type = sorted(text.type().jsonSchema());
                yield text.orFile() ? anyOf(List.of(type, file(), EXPRESSION)) : scalar(type);
            }
            case Schema.ListOf list -> {
                var items = schema(list.items());
                yield anyOf(list.orSingle() ? List.of(list(items), items) : List.of(list(items), EXPRESSION));
            }
            case Schema.Fields fields -> {
                List<Object> forms = new ArrayList<>();
                forms.add(closed(properties(fields), required(fields)));
                fields.shorthand().ifPresent(form -> {
                    var text = object();
                    text.put("type", List.of("string", "number"));
                    text.put("pattern", anchored(form.pattern()));
                    text.put("examples", List.of(form.example()));
                    forms.add(text);
                });
                forms.add(EXPRESSION);
                yield anyOf(forms);
            }
            case Schema.MapOf map -> {
                var object = object();
                object.put("type", "object");
                object.put("propertyNames", sorted(map.keys().jsonSchema()));
                object.put("additionalProperties", schema(map.values()));
                yield anyOf(List.of(object, EXPRESSION));
            }
            case Schema.Anything anything -> object();
        };
    }

    private static Map<String, Object> file() {
        return closed(object("file", object("type", "string")), List.of("file"));
    }

    private static Map<String, Object> sorted(Map<String, Object> keywords) {
        return new TreeMap<>(keywords);
    }

    private static String anchored(String pattern) {
        return "^(?:" + pattern + ")$";
    }

    private static Map<String, Object> scalar(Map<String, Object> type) {
        return anyOf(List.of(type, EXPRESSION));
    }

    private static Map<String, Object> flag() {
        return scalar(object("enum", List.of(true, false, "yes", "no", "on", "off")));
    }

    private static Map<String, Object> condition() {
        return described(
                oneOrMore(object("type", List.of("string", "boolean"))),
                "Expressions that all have to hold, without ${}.");
    }

    private static Map<String, Object> oneOrMore(Map<String, Object> item) {
        return anyOf(List.of(item, list(item)));
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        var list = object();
        list.put("type", "array");
        list.put("items", items);
        return list;
    }

    private static Map<String, Object> closed(Map<String, Object> properties, List<String> required) {
        var closed = object();
        closed.put("type", "object");
        closed.put("properties", properties);
        closed.put("additionalProperties", false);
        if (!required.isEmpty()) {
            closed.put("required", required);
        }
        return closed;
    }

    private static Map<String, Object> anyOf(List<?> forms) {
        var any = object();
        any.put("anyOf", forms);
        return any;
    }

    private static Map<String, Object> reference(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> described(Map<String, Object> schema, String doc) {
        var described = object();
        described.put("description", doc);
        described.putAll(schema);
        return described;
    }

    /** Return an object with ordered keys, so that the same schema is always the same bytes. */
    private static Map<String, Object> object(Object... keyThenValue) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (var i = 0; i < keyThenValue.length; i += 2) {
            object.put((String) keyThenValue[i], keyThenValue[i + 1]);
        }
        return object;
    }
}
