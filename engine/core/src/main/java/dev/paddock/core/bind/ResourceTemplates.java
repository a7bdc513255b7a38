package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.Kind;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.schema.SchemaValidator;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The templates of one key that a play has on one host, for all kinds that are made from them.
 *
 * <p>A template is evaluated where it stands, once for each resource that is made from it: it sees the variables of its
 * own file, and the resource's name. What a resource says goes before its template, and a template before its base:
 * mappings are joined key by key, lists and scalars are replaced. What only another kind knows is left out.
 */
public final class ResourceTemplates {
    public static final String BASE = "base";

    private record Template(YamlNode.Mapping mapping, boolean computed, BindContext setting) {}

    private final List<Kind> kinds;
    private final DiagnosticSink mistakes;
    private final ScalarReader words;
    private final Expressions expressions;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    ResourceTemplates(List<Kind> kinds, DiagnosticSink mistakes, Expressions expressions) {
        this.kinds = List.copyOf(kinds);
        this.mistakes = mistakes;
        this.words = new ScalarReader(mistakes);
        this.expressions = expressions;
    }

    /** Return the kinds that are made from templates, by the key of these. */
    public static Map<String, List<Kind>> templated(Collection<Kind> kinds) {
        Map<String, List<Kind>> templated = new LinkedHashMap<>();
        kinds.forEach(kind -> kind.templates().ifPresent(key -> templated
                .computeIfAbsent(key, name -> new ArrayList<>())
                .add(kind)));
        return templated;
    }

    /** Take all that stands below the key of templates. */
    void addAll(YamlNode list, String key, BindContext setting) {
        if (list instanceof YamlNode.Scalar scalar && scalar.absent()) {
            return;
        }
        var computed = list instanceof YamlNode.Scalar;
        var items = computed ? expressions.evaluate(list, setting.variables()) : list;
        switch (items) {
            case YamlNode.Sequence sequence -> sequence.items().forEach(item -> add(item, key, computed, setting));
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping -> wrong(mapping, "'" + key + "' is a list", "Start each of them with '- '.");
            case YamlNode.Scalar scalar -> wrong(scalar, "'" + key + "' is a list", "Start each of them with '- '.");
        }
    }

    private void wrong(YamlNode node, String what, String fix) {
        mistakes.error(Code.WRONG_SHAPE, node.place(), what + ", but here is " + node.shape() + ".", fix);
    }

    private void add(YamlNode item, String key, boolean computed, BindContext setting) {
        if (!(item instanceof YamlNode.Mapping mapping)) {
            if (!(item instanceof YamlNode.Failed)) {
                wrong(
                        item,
                        "Below '" + key + "' each item is a mapping",
                        "Write it as a mapping, starting with '- name: ...'.");
            }
            return;
        }
        var known = keys(kinds);
        mapping.entries().forEach((word, entry) -> {
            if (!known.contains(word)) {
                mistakes.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", word, known);
            }
        });
        var name = mapping.said("name");
        if (name.isEmpty()) {
            mistakes.error(Code.MISSING_KEY, mapping.place(), "The template has no name.", "Add 'name: ...'.");
            return;
        }
        var evaluated = computed ? name.get() : expressions.evaluate(name.get(), setting.variables());
        words.text(evaluated, "a name").ifPresent(text -> {
            var earlier = templates.putIfAbsent(text, new Template(mapping, computed, setting));
            // The same fragment, included twice, is not two templates.
            if (earlier != null && !earlier.mapping().place().equals(mapping.place())) {
                mistakes.error(
                        Code.DUPLICATE_RESOURCE,
                        mapping.place(),
                        "The template " + mistakes.quote(text) + " is declared twice, first at "
                                + earlier.mapping().place() + ".",
                        "Remove one of the two, or give it another name.");
            }
        });
    }

    /** Return what a template may say. */
    public static List<String> keys(List<Kind> kinds) {
        Set<String> keys = new LinkedHashSet<>(List.of(BASE));
        kinds.forEach(kind -> keys.addAll(ResourceBinder.commonKeys(kind)));
        keys.removeAll(List.of("when", "for_each", "tags", "xml", "template", "protect"));
        kinds.forEach(kind -> keys.addAll(kind.schema().fields().keySet()));
        return List.copyOf(keys);
    }

    /**
     * Return what a resource says together with what its template does, evaluated.
     *
     * @param template the value of the resource's {@code template}
     * @param own what the resource says itself, evaluated
     */
    Map<String, YamlNode.Entry> joined(YamlNode template, Map<String, YamlNode.Entry> own) {
        var name = words.text(template, "the name of a template");
        return name.isEmpty() ? own : join(chain(name.get(), template), own);
    }

    private Map<String, YamlNode.Entry> join(List<Template> chain, Map<String, YamlNode.Entry> own) {
        var name = own.get("name");
        Map<String, YamlNode.Entry> about = name == null ? Map.of() : Map.of("name", name);
        Map<String, YamlNode.Entry> joined = new LinkedHashMap<>();
        for (var template : chain) {
            Map<String, YamlNode> given = new LinkedHashMap<>();
            kinds.forEach(kind -> given.put(
                    kind.name(), new YamlNode.Mapping(template.mapping().place(), about)));
            var variables = VariableScope.with(template.setting().variables(), given);
            template.mapping().entries().forEach((key, entry) -> {
                if (!key.equals("name") && !key.equals(BASE)) {
                    var value = template.computed() ? entry.value() : expressions.evaluate(entry.value(), variables);
                    joined.merge(key, new YamlNode.Entry(entry.keyPlace(), value), ResourceTemplates::over);
                }
            });
        }
        own.forEach((key, entry) -> joined.merge(key, entry, ResourceTemplates::over));
        return joined;
    }

    private static YamlNode.Entry over(YamlNode.Entry below, YamlNode.Entry above) {
        if (!(below.value() instanceof YamlNode.Mapping lower) || !(above.value() instanceof YamlNode.Mapping upper)) {
            return above;
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((key, entry) -> entries.merge(key, entry, ResourceTemplates::over));
        return new YamlNode.Entry(above.keyPlace(), new YamlNode.Mapping(upper.place(), entries));
    }

    /** Return a template and all that it is based on, the base first. */
    private List<Template> chain(String name, YamlNode asked) {
        List<Template> chain = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        var next = Optional.of(name);
        var where = asked;
        while (next.isPresent()) {
            var wanted = next.get();
            var template = templates.get(wanted);
            if (template == null) {
                mistakes.unknown(
                        Code.UNKNOWN_REFERENCE, where.place(), "There is no template", wanted, templates.keySet());
                return chain;
            }
            if (!names.add(wanted)) {
                mistakes.error(
                        Code.REFERENCE_CYCLE,
                        where.place(),
                        "The template " + mistakes.quote(wanted) + " is based on itself: " + String.join(" -> ", names)
                                + " -> " + wanted + ".",
                        "Take one of the bases away.");
                return chain;
            }
            used.add(wanted);
            chain.addFirst(template);
            var base = template.mapping().said(BASE);
            next = base.map(node -> template.computed()
                            ? node
                            : expressions.evaluate(node, template.setting().variables()))
                    .flatMap(node -> words.text(node, "the name of a template"));
            where = base.orElse(where);
        }
        return chain;
    }

    /** Tell the mistakes of templates that nothing is made from, as far as they can be seen then. */
    void checkUnused() {
        for (var template : List.copyOf(templates.entrySet())) {
            if (used.contains(template.getKey())) {
                continue;
            }
            var place = template.getValue().mapping().place();
            var name = YamlNode.Scalar.of(place, "example");
            var chain = chain(template.getKey(), YamlNode.Scalar.of(place, template.getKey()));
            var left = new LinkedHashMap<>(join(chain, Map.of("name", new YamlNode.Entry(place, name))));
            for (var kind : kinds) {
                Map<String, YamlNode.Entry> fields = new LinkedHashMap<>(left);
                fields.keySet().retainAll(kind.schema().fields().keySet());
                left.keySet().removeAll(fields.keySet());
                check(kind, new YamlNode.Mapping(place, fields));
            }
        }
    }

    private void check(Kind kind, YamlNode.Mapping fields) {
        new SchemaValidator(mistakes, false)
                .mapping(kind.schema(), fields)
                .ifPresent(spec ->
                        kind.mistakes(spec).stream().filter(Diagnostic::isError).forEach(mistakes::add));
    }
}
