package dev.paddock.core.bind;

import dev.paddock.api.value.Value;
import dev.paddock.core.load.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns bound values into nodes again, for templates to see. */
final class Values {
    private Values() {}

    static Node node(Value value) {
        return switch (value) {
            case Value.Scalar scalar ->
                scalar.absent()
                        ? new Node.Scalar(
                                scalar.place(), "", true, false, dev.paddock.core.load.Layout.none(scalar.place()))
                        : Node.Scalar.of(scalar.place(), scalar.text());
            case Value.Sequence sequence ->
                new Node.Sequence(
                        sequence.place(),
                        sequence.items().stream().map(Values::node).toList());
            case Value.Mapping mapping -> node(mapping);
        };
    }

    static Node.Mapping node(Value.Mapping mapping) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) -> entries.put(key, new Node.Entry(entry.keyPlace(), node(entry.value()))));
        return new Node.Mapping(mapping.place(), entries);
    }
}
