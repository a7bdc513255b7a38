package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.inventory.VariableLayer;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a play on a host.
 *
 * <p>A variable is evaluated when it is first asked for, so it sees the winning value of every other, whatever the
 * order. One that names itself means the value that it replaces.
 */
final class VariableScope implements Variables {
    /** A variable of a layer. */
    private static final class Cell {
        private final String name;
        private final YamlNode.Entry entry;
        private @Nullable YamlNode value;

        Cell(String name, YamlNode.Entry entry) {
            this.name = name;
            this.entry = entry;
        }
    }

    private final Expressions expressions;
    private final DiagnosticSink mistakes;
    private final Map<String, YamlNode> given;
    private final Map<String, List<Cell>> cells = new LinkedHashMap<>();
    private final boolean complete;
    private final Deque<Cell> underWay = new ArrayDeque<>();

    /**
     * @param layers lowest precedence first
     * @param given values that nothing replaces
     */
    VariableScope(
            List<VariableLayer> layers, Map<String, YamlNode> given, Expressions expressions, DiagnosticSink mistakes) {
        this.given = given;
        this.expressions = expressions;
        this.mistakes = mistakes;
        this.complete = layers.stream().allMatch(VariableLayer::complete);
        for (var layer : layers) {
            layer.entries().forEach((name, entry) -> cells.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Cell(name, entry)));
        }
    }

    @Override
    public @Nullable YamlNode get(String name) {
        var fixed = given.get(name);
        if (fixed != null) {
            return fixed;
        }
        var layered = cells.getOrDefault(name, List.of());
        for (var i = layered.size() - 1; i >= 0; i--) {
            var cell = layered.get(i);
            if (!underWay.contains(cell)) {
                return value(cell);
            }
            if (!underWay.getFirst().name.equals(name)) {
                return circle(cell);
            }
        }
        if (!layered.isEmpty()) {
            return circle(layered.getLast());
        }
        // What is not here may stand in the file that could not be read, and that has been told.
        return complete ? null : new YamlNode.Failed(SourceLocation.startOf("<unreadable>"));
    }

    private YamlNode value(Cell cell) {
        if (cell.value == null) {
            underWay.push(cell);
            try {
                cell.value = expressions.evaluate(cell.entry.value(), this);
            } finally {
                underWay.pop();
            }
        }
        return cell.value;
    }

    private YamlNode circle(Cell cell) {
        mistakes.error(
                Code.BAD_EXPRESSION,
                cell.entry.keyPlace(),
                "The variable '" + cell.name + "' is computed from itself.",
                "Break the circle.");
        return new YamlNode.Failed(cell.entry.value().place());
    }

    /** Evaluate all, so that every mistake in them is told. */
    void evaluateAll() {
        cells.keySet().forEach(this::get);
    }

    @Override
    public Set<String> names() {
        var names = new LinkedHashSet<>(cells.keySet());
        names.addAll(given.keySet());
        return names;
    }

    /** Return variables with some more, which win. */
    static Variables with(Variables below, Map<String, ? extends YamlNode> more) {
        return new Variables() {
            @Override
            public @Nullable YamlNode get(String name) {
                YamlNode own = more.get(name);
                return own == null ? below.get(name) : own;
            }

            @Override
            public Set<String> names() {
                Set<String> names = new LinkedHashSet<>(below.names());
                names.addAll(more.keySet());
                return names;
            }
        };
    }
}
