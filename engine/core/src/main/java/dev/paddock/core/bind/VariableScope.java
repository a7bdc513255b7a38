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
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a play on a host.
 *
 * <p>A variable is evaluated on first use, so that it sees the effective value of every other one, whatever their order. A
 * variable that uses itself means the value that it overrides.
 */
final class VariableScope implements Variables {
    /** A variable of a layer. */
    private static final class Cell {
        private final String name;
        private final YamlNode.Entry entry;
        private final Optional<UnaryOperator<YamlNode>> preparation;
        private @Nullable YamlNode value;

        Cell(String name, YamlNode.Entry entry, Optional<UnaryOperator<YamlNode>> preparation) {
            this.name = name;
            this.entry = entry;
            this.preparation = preparation;
        }
    }

    private final Expressions expressions;
    private final DiagnosticSink diagnostics;
    private final Map<String, YamlNode> builtIns;
    private final Map<String, List<Cell>> cells = new LinkedHashMap<>();
    private final boolean complete;
    private final Deque<Cell> evaluating = new ArrayDeque<>();

    /**
     * @param layers lowest precedence first
     * @param builtIns values that nothing overrides
     */
    VariableScope(
            List<VariableLayer> layers,
            Map<String, YamlNode> builtIns,
            Expressions expressions,
            DiagnosticSink diagnostics) {
        this.builtIns = builtIns;
        this.expressions = expressions;
        this.diagnostics = diagnostics;
        this.complete = layers.stream().allMatch(VariableLayer::complete);
        for (var layer : layers) {
            layer.entries().forEach((name, entry) -> cells.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Cell(name, entry, layer.preparation())));
        }
    }

    @Override
    public @Nullable YamlNode get(String name) {
        var fixed = builtIns.get(name);
        if (fixed != null) {
            return fixed;
        }
        var layered = cells.getOrDefault(name, List.of());
        for (var i = layered.size() - 1; i >= 0; i--) {
            var cell = layered.get(i);
            if (!evaluating.contains(cell)) {
                return value(cell);
            }
            if (!evaluating.getFirst().name.equals(name)) {
                return cycle(cell);
            }
        }
        if (!layered.isEmpty()) {
            return cycle(layered.getLast());
        }
        // The variable may be in a file that could not be read, which has been reported.
        return complete ? null : new YamlNode.Failed(SourceLocation.startOf("<unreadable>"));
    }

    private YamlNode value(Cell cell) {
        if (cell.value == null) {
            evaluating.push(cell);
            try {
                var raw = cell.entry.value();
                cell.value = expressions.evaluate(
                        cell.preparation.map(prepare -> prepare.apply(raw)).orElse(raw), this);
            } finally {
                evaluating.pop();
            }
        }
        return cell.value;
    }

    private YamlNode cycle(Cell cell) {
        diagnostics.error(
                Code.BAD_EXPRESSION,
                cell.entry.keyPlace(),
                "The variable '" + cell.name + "' is computed from itself.",
                "Break the circle.");
        return new YamlNode.Failed(cell.entry.value().place());
    }

    /** Evaluate all variables, except those that are evaluated when used, so that all their errors are reported. */
    void evaluateAll() {
        cells.forEach((name, layered) -> {
            if (layered.getLast().preparation.isEmpty()) {
                get(name);
            }
        });
    }

    @Override
    public Set<String> names() {
        var names = new LinkedHashSet<>(cells.keySet());
        names.addAll(builtIns.keySet());
        return names;
    }

    /** Return variables with some more, which override them. */
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
