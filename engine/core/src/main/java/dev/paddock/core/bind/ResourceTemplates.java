package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.schema.SchemaValidator;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The templates below one key of a play on one host, for all kinds that are made from them.
 *
 * <p>A template is evaluated once for each resource that is made from it, in its own context: it sees the variables of
 * its own file, and the name of the resource. A resource overrides its template, and a template its base: mappings are
 * merged key by key, lists and scalars are replaced. Keys that only another kind has are ignored.
 */
public final class ResourceTemplates {
    public static final String BASE = "base";

    private record Template(YamlNode.Mapping mapping, boolean computed, BindContext context) {}

    private final List<Kind> kinds;
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private final Expressions expressions;
    private final SourceFiles files;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    ResourceTemplates(List<Kind> kinds, DiagnosticSink diagnostics, Expressions expressions, SourceFiles files) {
        this.kinds = List.copyOf(kinds);
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
        this.expressions = expressions;
        this.files = files;
    }

    /** Return the kinds that are made from templates, by the key of these in a play. */
    public static Map<String, List<Kind>> templateKinds(Collection<Kind> kinds) {
        Map<String, List<Kind>> byKey = new LinkedHashMap<>();
        kinds.forEach(kind -> ShorthandKind.of(kind).templates().ifPresent(key -> byKey.computeIfAbsent(
                        key, name -> new ArrayList<>())
                .add(kind)));
        return byKey;
    }

    /** Add the templates of a list in a play. */
    void addAll(YamlNode list, String key, BindContext context) {
        if (list instanceof YamlNode.Scalar scalar && scalar.absent()) {
            return;
        }
        var computed = list instanceof YamlNode.Scalar;
        var items = computed ? expressions.evaluate(list, context.variables()) : list;
        switch (items) {
            case YamlNode.Sequence sequence -> sequence.items().forEach(item -> add(item, key, computed, context));
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping ->
                reportWrongShape(mapping, "'" + key + "' is a list", "Start each of them with '- '.");
            case YamlNode.Scalar scalar ->
                reportWrongShape(scalar, "'" + key + "' is a list", "Start each of them with '- '.");
        }
    }

    private void reportWrongShape(YamlNode node, String what, String fix) {
        diagnostics.error(Code.WRONG_SHAPE, node.place(), what + ", but here is " + node.shape() + ".", fix);
    }

    private void add(YamlNode item, String key, boolean computed, BindContext context) {
        if (!(item instanceof YamlNode.Mapping mapping)) {
            if (!(item instanceof YamlNode.Failed)) {
                reportWrongShape(
                        item,
                        "Below '" + key + "' each item is a mapping",
                        "Write it as a mapping, starting with '- name: ...'.");
            }
            return;
        }
        var known = keys(kinds);
        mapping.entries().forEach((found, entry) -> {
            if (!known.contains(found)) {
                diagnostics.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", found, known);
            }
        });
        var name = mapping.nonNull("name");
        if (name.isEmpty()) {
            diagnostics.error(Code.MISSING_KEY, mapping.place(), "The template has no name.", "Add 'name: ...'.");
            return;
        }
        var evaluated = computed ? name.get() : expressions.evaluate(name.get(), context.variables());
        scalars.text(evaluated, "a name").ifPresent(text -> {
            var earlier = templates.putIfAbsent(text, new Template(mapping, computed, context));
            // A fragment that is included twice does not declare its templates twice.
            if (earlier != null && !earlier.mapping().place().equals(mapping.place())) {
                diagnostics.error(
                        Code.DUPLICATE_RESOURCE,
                        mapping.place(),
                        "The template " + diagnostics.quote(text) + " is declared twice, first at "
                                + earlier.mapping().place() + ".",
                        "Remove one of the two, or give it another name.");
            }
        });
    }

    /** Return the keys of a template. */
    public static List<String> keys(List<Kind> kinds) {
        Set<String> keys = new LinkedHashSet<>(List.of(BASE));
        kinds.forEach(kind -> keys.addAll(CommonKeys.names(kind)));
        keys.removeAll(List.of("when", "for_each", "tags", "xml", "template", "protect"));
        kinds.forEach(kind -> keys.addAll(kind.schema().fields().keySet()));
        return List.copyOf(keys);
    }

    /**
     * Return the values of a resource merged with those of its template, evaluated.
     *
     * @param template the value of the resource's {@code template}
     * @param own the resource's own values, evaluated
     */
    Map<String, YamlNode.Entry> merge(YamlNode template, Map<String, YamlNode.Entry> own) {
        var name = scalars.text(template, "the name of a template");
        return name.isEmpty() ? own : merge(chain(name.get(), template), own);
    }

    private Map<String, YamlNode.Entry> merge(List<Template> chain, Map<String, YamlNode.Entry> own) {
        var name = own.get("name");
        Map<String, YamlNode.Entry> visible = name == null ? Map.of() : Map.of("name", name);
        Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
        for (var template : chain) {
            Map<String, YamlNode> builtIns = new LinkedHashMap<>();
            kinds.forEach(kind -> builtIns.put(
                    kind.name(), new YamlNode.Mapping(template.mapping().place(), visible)));
            var variables = VariableScope.with(template.context().variables(), builtIns);
            template.mapping().entries().forEach((key, entry) -> {
                if (!key.equals("name") && !key.equals(BASE)) {
                    var value = template.computed() ? entry.value() : expressions.evaluate(entry.value(), variables);
                    merged.merge(key, new YamlNode.Entry(entry.keyPlace(), value), ResourceTemplates::override);
                }
            });
        }
        own.forEach((key, entry) -> merged.merge(key, entry, ResourceTemplates::override));
        return merged;
    }

    private static YamlNode.Entry override(YamlNode.Entry below, YamlNode.Entry above) {
        if (!(below.value() instanceof YamlNode.Mapping lower) || !(above.value() instanceof YamlNode.Mapping upper)) {
            return above;
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((key, entry) -> entries.merge(key, entry, ResourceTemplates::override));
        return new YamlNode.Entry(above.keyPlace(), new YamlNode.Mapping(upper.place(), entries));
    }

    /** Return a template and its bases, the outermost base first. */
    private List<Template> chain(String name, YamlNode reference) {
        List<Template> chain = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        var next = Optional.of(name);
        var location = reference;
        while (next.isPresent()) {
            var current = next.get();
            var template = templates.get(current);
            if (template == null) {
                diagnostics.unknown(
                        Code.UNKNOWN_REFERENCE, location.place(), "There is no template", current, templates.keySet());
                return chain;
            }
            if (!names.add(current)) {
                diagnostics.error(
                        Code.REFERENCE_CYCLE,
                        location.place(),
                        "The template " + diagnostics.quote(current) + " is based on itself: "
                                + String.join(" -> ", names) + " -> " + current + ".",
                        "Take one of the bases away.");
                return chain;
            }
            used.add(current);
            chain.addFirst(template);
            var base = template.mapping().nonNull(BASE);
            next = base.map(node -> template.computed()
                            ? node
                            : expressions.evaluate(node, template.context().variables()))
                    .flatMap(node -> scalars.text(node, "the name of a template"));
            location = base.orElse(location);
        }
        return chain;
    }

    /** Report the errors of templates that no resource is made from, as far as they show without one. */
    void checkUnused() {
        for (var template : List.copyOf(templates.entrySet())) {
            if (used.contains(template.getKey())) {
                continue;
            }
            var location = template.getValue().mapping().place();
            var name = YamlNode.Scalar.of(location, "example");
            var chain = chain(template.getKey(), YamlNode.Scalar.of(location, template.getKey()));
            var left = new LinkedHashMap<>(merge(chain, Map.of("name", new YamlNode.Entry(location, name))));
            for (var kind : kinds) {
                Map<String, YamlNode.Entry> fields = new LinkedHashMap<>(left);
                fields.keySet().retainAll(kind.schema().fields().keySet());
                left.keySet().removeAll(fields.keySet());
                check(kind, new YamlNode.Mapping(location, fields));
            }
        }
    }

    private void check(Kind kind, YamlNode.Mapping fields) {
        new SchemaValidator(diagnostics, files, false)
                .mapping(kind.schema(), fields)
                .ifPresent(spec -> CheckedKind.of(kind).mistakes(spec).stream()
                        .filter(Diagnostic::isError)
                        .forEach(diagnostics::add));
    }
}
