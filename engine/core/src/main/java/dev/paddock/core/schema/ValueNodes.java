package dev.paddock.core.schema;

import dev.paddock.api.value.Value;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts bound values back into nodes, for templates. */
public final class ValueNodes {
    private ValueNodes() {}

    static YamlNode node(Value value) {
        return switch (value) {
            case Value.Scalar scalar ->
                new YamlNode.Scalar(
                        scalar.place(),
                        scalar.absent() ? "" : scalar.text(),
                        scalar.absent() || scalar.plain(),
                        false,
                        ScalarLayout.none(scalar.place()));
            case Value.Sequence sequence ->
                new YamlNode.Sequence(
                        sequence.place(),
                        sequence.items().stream().map(ValueNodes::node).toList());
            case Value.Mapping mapping -> node(mapping);
        };
    }

    public static YamlNode.Mapping node(Value.Mapping mapping) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) -> entries.put(key, new YamlNode.Entry(entry.keyPlace(), node(entry.value()))));
        return new YamlNode.Mapping(mapping.place(), entries);
    }
}
