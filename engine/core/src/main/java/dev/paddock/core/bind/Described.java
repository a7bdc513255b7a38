package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Place;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.core.load.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a kind's description of a document says when it is read back: the way to find out whether it says all. */
public final class Described {
    private static final Place HERE = Place.startOf("<description>");

    private Described() {}

    /** What came of it. */
    public sealed interface Result {
        /** The document that the description renders to, named. */
        record Document(Element element) implements Result {}

        /** The description is not one that a playbook could hold. */
        record Refused(List<Diagnostic> why) implements Result {
            public Refused {
                why = List.copyOf(why);
            }
        }
    }

    /**
     * Render the description of a resource.
     *
     * @param fields the fields of the kind, as maps, lists and texts; the keys that every resource has are left aside
     */
    public static Result document(Kind kind, String name, Map<String, Object> fields, Templates templates) {
        var mistakes = new Mistakes();
        var common = ResourceBinding.commonKeys(kind);
        Map<String, Node.Entry> own = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (!common.contains(key)) {
                own.put(key, new Node.Entry(HERE, node(value)));
            }
        });
        var spec = new SchemaCheck(mistakes, true).mapping(kind.schema(), new Node.Mapping(HERE, own));
        if (spec.isEmpty()) {
            return new Result.Refused(mistakes.list());
        }
        try {
            var document = templates.render(kind, spec.get().with("name", Value.Scalar.of(HERE, name)));
            return new Result.Document(kind.named(document, name));
        } catch (RenderException failure) {
            return new Result.Refused(List.of(failure.diagnostic()));
        }
    }

    private static Node node(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Node.Entry> entries = new LinkedHashMap<>();
                map.forEach((key, below) -> entries.put(String.valueOf(key), new Node.Entry(HERE, node(below))));
                yield new Node.Mapping(HERE, entries);
            }
            case List<?> list ->
                new Node.Sequence(HERE, list.stream().map(Described::node).toList());
            default -> Node.Scalar.of(HERE, value.toString());
        };
    }
}
