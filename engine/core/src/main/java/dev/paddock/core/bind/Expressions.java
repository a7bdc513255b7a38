package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Place;
import dev.paddock.core.load.CoreSchema;
import dev.paddock.core.load.Layout;
import dev.paddock.core.load.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Evaluates the expressions in values. What cannot be evaluated is told and becomes {@link Node.Failed}. */
final class Expressions {
    /** More values than this are not inserted in one run: variables of variables of variables grow without bound. */
    private static final int MOST_INSERTED = 5_000_000;

    private static final int DEEPEST = 100;
    /** What is computed from a secret is one as well, unless it is so short that hiding it would hide all else. */
    private static final int SHORTEST_SECRET = 6;

    private final Mistakes mistakes;
    private final Watchdog watchdog;
    private volatile @Nullable Place current;
    private @Nullable Engine engine;
    private int inserted;

    Expressions(Mistakes mistakes, Watchdog watchdog) {
        this.mistakes = mistakes;
        this.watchdog = watchdog;
    }

    /** Return where the expression stands that was evaluated last, or still is. May be asked by any thread. */
    Optional<Place> current() {
        return Optional.ofNullable(current);
    }

    /** Return Freemarker, loading it on first use. */
    Engine engine() {
        if (engine == null) {
            engine = new Engine(watchdog);
        }
        return engine;
    }

    /** Return the value with all expressions in it evaluated; itself when there is none. */
    @SuppressWarnings("ReferenceEquality") // Asks whether anything was replaced; comparing by value would walk it all.
    Node evaluate(Node node, Variables variables) {
        return switch (node) {
            case Node.Scalar scalar -> evaluate(scalar, variables);
            case Node.Sequence sequence -> {
                List<Node> items = new ArrayList<>();
                var changed = false;
                for (var item : sequence.items()) {
                    var value = evaluate(item, variables);
                    changed |= value != item;
                    items.add(value);
                }
                yield changed ? new Node.Sequence(sequence.place(), items) : sequence;
            }
            case Node.Mapping mapping -> {
                Map<String, Node.Entry> entries = new LinkedHashMap<>();
                var changed = false;
                for (var entry : mapping.entries().entrySet()) {
                    var value = evaluate(entry.getValue().value(), variables);
                    changed |= value != entry.getValue().value();
                    entries.put(entry.getKey(), new Node.Entry(entry.getValue().keyPlace(), value));
                }
                yield changed ? new Node.Mapping(mapping.place(), entries) : mapping;
            }
            case Node.Failed failed -> failed;
        };
    }

    private Node evaluate(Node.Scalar scalar, Variables variables) {
        if (!Interpolation.isIn(scalar.text())) {
            if (scalar.secret()) {
                mistakes.secret(scalar.text());
            }
            return scalar;
        }
        var alone = Interpolation.alone(scalar.text());
        if (alone.isPresent()) {
            return value(alone.get(), Interpolation.OPENING, scalar, variables);
        }
        var text = render(scalar, Engine.Form.TEXT, variables);
        if (text.isEmpty()) {
            return new Node.Failed(scalar.place());
        }
        if (scalar.secret()) {
            mistakes.secret(text.get());
        }
        return new Node.Scalar(scalar.place(), text.get(), false, scalar.secret(), Layout.none(scalar.place()));
    }

    /** Return a text with its values escaped for XML, or nothing after telling why. */
    Optional<String> xml(Node.Scalar scalar, Variables variables) {
        return Interpolation.isIn(scalar.text())
                ? render(scalar, Engine.Form.XML, variables)
                : Optional.of(scalar.text());
    }

    private Optional<String> render(Node.Scalar scalar, Engine.Form form, Variables variables) {
        Set<String> read = new LinkedHashSet<>();
        current = scalar.layout().at(1, 1);
        try {
            var text = engine().render(scalar.text(), form, variables, read::add);
            if (form == Engine.Form.TEXT) {
                derived(text, read);
            }
            return Optional.of(text);
        } catch (EvaluationFailure failure) {
            tell(failure, variables, scalar.layout()::at);
            return Optional.empty();
        }
    }

    private void derived(String text, Set<String> read) {
        if (!read.isEmpty() && text.length() >= SHORTEST_SECRET && read.stream().noneMatch(text::contains)) {
            mistakes.secret(text);
        }
    }

    private Node value(String expression, int offset, Node.Scalar scalar, Variables variables) {
        Set<String> read = new LinkedHashSet<>();
        current = scalar.layout().at(1, 1);
        try {
            var node = engine().value(expression, scalar.place(), variables, read::add);
            if (!(node instanceof Node.Scalar result)) {
                return inserted(node, scalar.place());
            }
            derived(result.text(), read);
            if (scalar.secret()) {
                mistakes.secret(result.text());
                return new Node.Scalar(result.place(), result.text(), result.plain(), true, result.layout());
            }
            return result;
        } catch (EvaluationFailure failure) {
            tell(failure, variables, (line, column) -> scalar.layout().at(line, line == 1 ? column + offset : column));
            return new Node.Failed(scalar.place());
        }
    }

    /** Return a structure as one that stands where it is inserted; what is in it keeps its places. */
    private Node inserted(Node node, Place place) {
        if (inserted > MOST_INSERTED) {
            return new Node.Failed(place);
        }
        if (!fits(node, 0)) {
            mistakes.error(
                    Code.YAML_TOO_LARGE,
                    place,
                    "With the values inserted here, there are more than " + MOST_INSERTED
                            + " in all, or they are nested more than " + DEEPEST + " deep.",
                    "Use smaller variables.");
            return new Node.Failed(place);
        }
        return switch (node) {
            case Node.Sequence sequence -> new Node.Sequence(place, sequence.items());
            case Node.Mapping mapping -> new Node.Mapping(place, mapping.entries());
            case Node.Scalar scalar -> scalar;
            case Node.Failed failed -> failed;
        };
    }

    private boolean fits(Node node, int depth) {
        if (++inserted > MOST_INSERTED || depth > DEEPEST) {
            return false;
        }
        return switch (node) {
            case Node.Scalar scalar -> true;
            case Node.Failed failed -> true;
            case Node.Sequence sequence -> sequence.items().stream().allMatch(item -> fits(item, depth + 1));
            case Node.Mapping mapping ->
                mapping.entries().values().stream().allMatch(entry -> fits(entry.value(), depth + 1));
        };
    }

    /**
     * Return whether a condition holds: an expression that stands without braces, or a list of which all have to hold.
     * Nothing when that cannot be told, after telling why.
     */
    Optional<Boolean> holds(Node condition, Variables variables) {
        return switch (condition) {
            case Node.Failed failed -> Optional.empty();
            case Node.Mapping mapping -> {
                mistakes.error(
                        Code.WRONG_SHAPE,
                        mapping.place(),
                        "A condition is an expression, but here is a mapping.",
                        "Put an expression that holds ': ' or starts with '{' in quotes.");
                yield Optional.empty();
            }
            case Node.Sequence sequence -> {
                var each = sequence.items().stream()
                        .map(item -> holds(item, variables))
                        .toList();
                yield each.stream().anyMatch(Optional::isEmpty)
                        ? Optional.empty()
                        : Optional.of(each.stream().allMatch(held -> held.orElse(false)));
            }
            case Node.Scalar scalar -> holds(scalar, variables);
        };
    }

    private Optional<Boolean> holds(Node.Scalar scalar, Variables variables) {
        var literal = CoreSchema.bool(scalar.text());
        if (literal.isPresent()) {
            return literal;
        }
        var value = Interpolation.isIn(scalar.text())
                ? evaluate(scalar, variables)
                : value(scalar.text(), 0, scalar, variables);
        var held = value instanceof Node.Scalar result ? CoreSchema.bool(result.text()) : Optional.<Boolean>empty();
        if (held.isEmpty() && !(value instanceof Node.Failed)) {
            mistakes.error(
                    Code.BAD_EXPRESSION,
                    scalar.place(),
                    "A condition has to be true or false, but this is "
                            + (value instanceof Node.Scalar result ? mistakes.quote(result.text()) : value.shape())
                            + ".",
                    "Compare it with something, or ask with '??' whether it is there.");
        }
        return held;
    }

    /** Tell why an evaluation failed. */
    void tell(EvaluationFailure failure, Variables variables, BiFunction<Integer, Integer, Place> places) {
        var place = places.apply(failure.line(), failure.column());
        switch (failure.why()) {
            case TOLD -> {}
            case UNDEFINED -> mistakes.add(undefined(failure, variables, place));
            case BAD ->
                mistakes.error(
                        Code.BAD_EXPRESSION,
                        place,
                        "The expression cannot be evaluated. " + failure.reason(),
                        "Correct it; it is in Freemarker's expression language.");
            case UNSAFE ->
                mistakes.error(
                        Code.UNSAFE_EXPRESSION,
                        place,
                        "The expression is not allowed. " + failure.reason(),
                        "Use variables; files are read by vars_files, include and xml.");
        }
    }

    /** Return the diagnostic for something that has no value: which part of the path is not there, and what is. */
    Diagnostic undefined(EvaluationFailure failure, Variables variables, Place place) {
        var path = failure.path();
        var local = new Mistakes();
        if (path.isEmpty()) {
            return Diagnostic.error(
                    Code.UNDEFINED_VARIABLE,
                    place,
                    "There is no value for " + mistakes.quote(failure.reason()) + ".",
                    "Correct it, or give it a default with '!'.");
        }
        var node = variables.get(path.getFirst());
        if (node == null) {
            local.unknown(Code.UNDEFINED_VARIABLE, place, "There is no variable", path.getFirst(), variables.names());
            return local.list().getFirst();
        }
        var known = new StringBuilder(path.getFirst());
        for (var key : path.subList(1, path.size())) {
            if (!(node instanceof Node.Mapping mapping)) {
                break;
            }
            var below = mapping.get(key);
            if (below.isEmpty()) {
                local.unknown(
                        Code.UNDEFINED_VARIABLE,
                        place,
                        "The variable '" + known + "' has no key",
                        key,
                        mapping.entries().keySet());
                return local.list().getFirst();
            }
            known.append('.').append(key);
            node = below.get();
        }
        return Diagnostic.error(
                Code.UNDEFINED_VARIABLE,
                place,
                "The variable '" + known + "' is empty.",
                "Give it a value, or a default with '!'.");
    }
}
