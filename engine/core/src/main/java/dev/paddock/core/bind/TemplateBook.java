package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.Kind;
import dev.paddock.core.load.Node;
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
final class TemplateBook {
    static final String BASE = "base";

    private record Template(Node.Mapping mapping, boolean computed, Setting setting) {}

    private final List<Kind> kinds;
    private final Mistakes mistakes;
    private final Words words;
    private final Expressions expressions;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    TemplateBook(List<Kind> kinds, Mistakes mistakes, Expressions expressions) {
        this.kinds = List.copyOf(kinds);
        this.mistakes = mistakes;
        this.words = new Words(mistakes);
        this.expressions = expressions;
    }

    /** Return the kinds that are made from templates, by the key of these. */
    static Map<String, List<Kind>> templated(Collection<Kind> kinds) {
        Map<String, List<Kind>> templated = new LinkedHashMap<>();
        kinds.forEach(kind -> kind.templates().ifPresent(key -> templated
                .computeIfAbsent(key, name -> new ArrayList<>())
                .add(kind)));
        return templated;
    }

    /** Take all that stands below the key of templates. */
    void addAll(Node list, String key, Setting setting) {
        if (list instanceof Node.Scalar scalar && scalar.absent()) {
            return;
        }
        var computed = list instanceof Node.Scalar;
        var items = computed ? expressions.evaluate(list, setting.variables()) : list;
        switch (items) {
            case Node.Sequence sequence -> sequence.items().forEach(item -> add(item, key, computed, setting));
            case Node.Failed failed -> {}
            case Node.Mapping mapping -> wrong(mapping, "'" + key + "' is a list", "Start each of them with '- '.");
            case Node.Scalar scalar -> wrong(scalar, "'" + key + "' is a list", "Start each of them with '- '.");
        }
    }

    private void wrong(Node node, String what, String fix) {
        mistakes.error(Code.WRONG_SHAPE, node.place(), what + ", but here is " + node.shape() + ".", fix);
    }

    private void add(Node item, String key, boolean computed, Setting setting) {
        if (!(item instanceof Node.Mapping mapping)) {
            if (!(item instanceof Node.Failed)) {
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
    static List<String> keys(List<Kind> kinds) {
        Set<String> keys = new LinkedHashSet<>(List.of(BASE));
        kinds.forEach(kind -> keys.addAll(ResourceBinding.commonKeys(kind)));
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
    Map<String, Node.Entry> joined(Node template, Map<String, Node.Entry> own) {
        var name = words.text(template, "the name of a template");
        return name.isEmpty() ? own : join(chain(name.get(), template), own);
    }

    private Map<String, Node.Entry> join(List<Template> chain, Map<String, Node.Entry> own) {
        var name = own.get("name");
        Map<String, Node.Entry> about = name == null ? Map.of() : Map.of("name", name);
        Map<String, Node.Entry> joined = new LinkedHashMap<>();
        for (var template : chain) {
            Map<String, Node> given = new LinkedHashMap<>();
            kinds.forEach(kind ->
                    given.put(kind.name(), new Node.Mapping(template.mapping().place(), about)));
            var variables = Scope.with(template.setting().variables(), given);
            template.mapping().entries().forEach((key, entry) -> {
                if (!key.equals("name") && !key.equals(BASE)) {
                    var value = template.computed() ? entry.value() : expressions.evaluate(entry.value(), variables);
                    joined.merge(key, new Node.Entry(entry.keyPlace(), value), TemplateBook::over);
                }
            });
        }
        own.forEach((key, entry) -> joined.merge(key, entry, TemplateBook::over));
        return joined;
    }

    private static Node.Entry over(Node.Entry below, Node.Entry above) {
        if (!(below.value() instanceof Node.Mapping lower) || !(above.value() instanceof Node.Mapping upper)) {
            return above;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((key, entry) -> entries.merge(key, entry, TemplateBook::over));
        return new Node.Entry(above.keyPlace(), new Node.Mapping(upper.place(), entries));
    }

    /** Return a template and all that it is based on, the base first. */
    private List<Template> chain(String name, Node asked) {
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
            var name = Node.Scalar.of(place, "example");
            var chain = chain(template.getKey(), Node.Scalar.of(place, template.getKey()));
            var left = new LinkedHashMap<>(join(chain, Map.of("name", new Node.Entry(place, name))));
            for (var kind : kinds) {
                Map<String, Node.Entry> fields = new LinkedHashMap<>(left);
                fields.keySet().retainAll(kind.schema().fields().keySet());
                left.keySet().removeAll(fields.keySet());
                check(kind, new Node.Mapping(place, fields));
            }
        }
    }

    private void check(Kind kind, Node.Mapping fields) {
        new SchemaCheck(mistakes, false).mapping(kind.schema(), fields).ifPresent(spec -> kind.mistakes(spec).stream()
                .filter(Diagnostic::isError)
                .forEach(mistakes::add));
    }
}
