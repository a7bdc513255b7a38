package dev.paddock.core.expression;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.CoreSchema;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.vault.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Evaluates the expressions in values. A value that fails is reported, and becomes {@link YamlNode.Failed}. */
public final class Expressions {
    /** The maximum of values inserted in one run: nested variables could grow without bound. */
    private static final int MAX_INSERTED = 5_000_000;

    private static final int MAX_DEPTH = 100;
    /** What is computed from a secret is masked in all texts, unless it is so short that it would mask everything else. */
    private static final int MIN_SECRET_LENGTH = 6;

    private final DiagnosticSink diagnostics;
    private final Watchdog watchdog;
    private final Vault vault;
    private volatile @Nullable SourceLocation current;
    private @Nullable FreemarkerSandbox engine;
    private int inserted;

    public Expressions(DiagnosticSink diagnostics, Watchdog watchdog, Vault vault) {
        this.vault = vault;
        this.diagnostics = diagnostics;
        this.watchdog = watchdog;
    }

    /** Return the location of the expression that is evaluated now, or was last. Safe to call from any thread. */
    public Optional<SourceLocation> current() {
        return Optional.ofNullable(current);
    }

    /** Return what opens encrypted texts. */
    public Vault vault() {
        return vault;
    }

    /** Return Freemarker, loading it on first use. */
    public FreemarkerSandbox engine() {
        if (engine == null) {
            engine = new FreemarkerSandbox(watchdog);
        }
        return engine;
    }

    /** Return the value with all its expressions evaluated; the same instance if there are none. */
    @SuppressWarnings("ReferenceEquality")
    public // Compares identities to see whether anything was replaced; equals would walk the whole value.
    YamlNode evaluate(YamlNode node, Variables variables) {
        return switch (node) {
            case YamlNode.Scalar scalar -> evaluate(scalar, variables);
            case YamlNode.Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                var changed = false;
                for (var item : sequence.items()) {
                    var value = evaluate(item, variables);
                    changed |= value != item;
                    items.add(value);
                }
                yield changed ? new YamlNode.Sequence(sequence.place(), items) : sequence;
            }
            case YamlNode.Mapping mapping -> {
                Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
                var changed = false;
                for (var entry : mapping.entries().entrySet()) {
                    var value = evaluate(entry.getValue().value(), variables);
                    changed |= value != entry.getValue().value();
                    entries.put(
                            entry.getKey(), new YamlNode.Entry(entry.getValue().keyPlace(), value));
                }
                yield changed ? new YamlNode.Mapping(mapping.place(), entries) : mapping;
            }
            case YamlNode.Failed failed -> failed;
        };
    }

    private YamlNode evaluate(YamlNode.Scalar scalar, Variables variables) {
        if (scalar.secret() && Vault.isSealed(scalar.text())) {
            return opened(scalar);
        }
        if (scalar.raw() || !Interpolation.isIn(scalar.text())) {
            if (scalar.secret()) {
                diagnostics.secret(scalar.text());
            }
            return scalar;
        }
        var alone = Interpolation.alone(scalar.text());
        if (alone.isPresent()) {
            return value(alone.get(), Interpolation.OPENING, scalar, variables);
        }
        var rendered = render(scalar, FreemarkerSandbox.Form.TEXT, variables);
        if (rendered.isEmpty()) {
            return new YamlNode.Failed(scalar.place());
        }
        var text = rendered.get().text();
        rendered.get().parts().forEach(part -> computed(part, text));
        if (scalar.secret()) {
            diagnostics.secret(text);
        }
        var secret = scalar.secret() || !rendered.get().computed().isEmpty();
        return new YamlNode.Scalar(scalar.place(), text, false, secret, false, ScalarLayout.none(scalar.place()));
    }

    /** An encrypted text holds no expressions, as ansible-vault encrypts any text. */
    private YamlNode opened(YamlNode.Scalar sealed) {
        var text = vault.open(sealed.text(), sealed.place());
        if (text.isEmpty()) {
            return new YamlNode.Failed(sealed.place());
        }
        diagnostics.secret(text.get());
        // The text of a value that was piped into ansible-vault ends with a line break.
        diagnostics.secret(text.get().strip());
        return new YamlNode.Scalar(sealed.place(), text.get(), false, true, ScalarLayout.none(sealed.place()));
    }

    /** Return a text with its values escaped for XML; empty, with an error reported, if that fails. */
    public Optional<RenderedText> xml(YamlNode.Scalar scalar, Variables variables) {
        return !scalar.raw() && Interpolation.isIn(scalar.text())
                ? render(scalar, FreemarkerSandbox.Form.XML, variables)
                : Optional.of(new RenderedText(scalar.text(), List.of()));
    }

    private Optional<RenderedText> render(YamlNode.Scalar scalar, FreemarkerSandbox.Form form, Variables variables) {
        current = scalar.layout().at(1, 1);
        try {
            return Optional.of(engine().render(scalar.text(), form, variables));
        } catch (EvaluationException failure) {
            report(failure, variables, scalar.layout()::at);
            return Optional.empty();
        }
    }

    /**
     * Mask what was computed from secrets.
     *
     * @param whole the value that it is in
     */
    public void computed(String part, String whole) {
        if (part.isBlank() || diagnostics.isMasked(part)) {
            return;
        }
        if (part.length() >= MIN_SECRET_LENGTH) {
            diagnostics.secret(part);
        } else {
            diagnostics.secretValue(whole);
        }
    }

    private void computed(YamlNode node) {
        switch (node) {
            case YamlNode.Scalar scalar -> {
                if (scalar.secret()) {
                    computed(scalar.text(), scalar.text());
                }
            }
            case YamlNode.Sequence sequence -> sequence.items().forEach(this::computed);
            case YamlNode.Mapping mapping -> mapping.entries().values().forEach(entry -> computed(entry.value()));
            case YamlNode.Failed failed -> {}
        }
    }

    private YamlNode value(String expression, int offset, YamlNode.Scalar scalar, Variables variables) {
        var trace = new SecretTrace();
        current = scalar.layout().at(1, 1);
        try {
            var node = engine().value(expression, scalar.place(), variables, trace);
            if (trace.hasRead()) {
                computed(node);
            }
            if (!(node instanceof YamlNode.Scalar result)) {
                return inserted(node, scalar.place());
            }
            if (scalar.secret()) {
                diagnostics.secret(result.text());
                return new YamlNode.Scalar(
                        result.place(), result.text(), result.plain(), true, result.raw(), result.layout());
            }
            return result;
        } catch (EvaluationException failure) {
            report(failure, variables, (line, column) -> scalar.layout()
                    .at(line, line == 1 ? column + offset : column));
            return new YamlNode.Failed(scalar.place());
        }
    }

    /** Return a structure with the location where it is inserted; its contents keep their locations. */
    private YamlNode inserted(YamlNode node, SourceLocation location) {
        if (inserted > MAX_INSERTED) {
            return new YamlNode.Failed(location);
        }
        if (!fits(node, 0)) {
            diagnostics.error(
                    Code.YAML_TOO_LARGE,
                    location,
                    "With the values inserted here, there are more than " + MAX_INSERTED
                            + " in all, or they are nested more than " + MAX_DEPTH + " deep.",
                    "Use smaller variables.");
            return new YamlNode.Failed(location);
        }
        return switch (node) {
            case YamlNode.Sequence sequence -> new YamlNode.Sequence(location, sequence.items());
            case YamlNode.Mapping mapping -> new YamlNode.Mapping(location, mapping.entries());
            case YamlNode.Scalar scalar -> scalar;
            case YamlNode.Failed failed -> failed;
        };
    }

    private boolean fits(YamlNode node, int depth) {
        if (++inserted > MAX_INSERTED || depth > MAX_DEPTH) {
            return false;
        }
        return switch (node) {
            case YamlNode.Scalar scalar -> true;
            case YamlNode.Failed failed -> true;
            case YamlNode.Sequence sequence -> sequence.items().stream().allMatch(item -> fits(item, depth + 1));
            case YamlNode.Mapping mapping ->
                mapping.entries().values().stream().allMatch(entry -> fits(entry.value(), depth + 1));
        };
    }

    /**
     * Return whether a condition holds: an expression without braces, or a list of expressions that all have to hold.
     * Empty, with an error reported, if it cannot be evaluated.
     */
    public Optional<Boolean> holds(YamlNode condition, Variables variables) {
        return switch (condition) {
            case YamlNode.Failed failed -> Optional.empty();
            case YamlNode.Mapping mapping -> {
                diagnostics.error(
                        Code.WRONG_SHAPE,
                        mapping.place(),
                        "A condition is an expression, but here is a mapping.",
                        "Put an expression that holds ': ' or starts with '{' in quotes.");
                yield Optional.empty();
            }
            case YamlNode.Sequence sequence -> {
                var each = sequence.items().stream()
                        .map(item -> holds(item, variables))
                        .toList();
                yield each.stream().anyMatch(Optional::isEmpty)
                        ? Optional.empty()
                        : Optional.of(each.stream().allMatch(result -> result.orElse(false)));
            }
            case YamlNode.Scalar scalar -> holds(scalar, variables);
        };
    }

    private Optional<Boolean> holds(YamlNode.Scalar scalar, Variables variables) {
        var literal = CoreSchema.bool(scalar.text());
        if (literal.isPresent()) {
            return literal;
        }
        var value = Interpolation.isIn(scalar.text())
                ? evaluate(scalar, variables)
                : value(scalar.text(), 0, scalar, variables);
        var holds =
                value instanceof YamlNode.Scalar result ? CoreSchema.bool(result.text()) : Optional.<Boolean>empty();
        if (holds.isEmpty() && !(value instanceof YamlNode.Failed)) {
            diagnostics.error(
                    Code.BAD_EXPRESSION,
                    scalar.place(),
                    "A condition has to be true or false, but this is "
                            + (value instanceof YamlNode.Scalar result
                                    ? diagnostics.quote(result.text())
                                    : value.shape())
                            + ".",
                    "Compare it with something, or ask with '??' whether it is there.");
        }
        return holds;
    }

    /** Report why an evaluation failed. */
    public void report(
            EvaluationException failure, Variables variables, BiFunction<Integer, Integer, SourceLocation> locations) {
        var location = locations.apply(failure.line(), failure.column());
        switch (failure.why()) {
            case REPORTED -> {}
            case UNDEFINED -> diagnostics.add(undefined(failure, variables, location));
            case BAD ->
                diagnostics.error(
                        Code.BAD_EXPRESSION,
                        location,
                        "The expression cannot be evaluated. " + failure.reason(),
                        "Correct it; it is in Freemarker's expression language.");
            case UNSAFE ->
                diagnostics.error(
                        Code.UNSAFE_EXPRESSION,
                        location,
                        "The expression is not allowed. " + failure.reason(),
                        "Use variables; files are read by vars_files, include and xml.");
        }
    }

    /** Return the diagnostic for a missing value: which part of its path is missing, and what there is instead. */
    Diagnostic undefined(EvaluationException failure, Variables variables, SourceLocation location) {
        var path = failure.path();
        var local = new DiagnosticSink();
        if (path.isEmpty()) {
            return Diagnostic.error(
                    Code.UNDEFINED_VARIABLE,
                    location,
                    "There is no value for " + diagnostics.quote(failure.reason()) + ".",
                    "Correct it, or give it a default with '!'.");
        }
        var node = variables.get(path.getFirst());
        if (node == null) {
            local.unknown(
                    Code.UNDEFINED_VARIABLE, location, "There is no variable", path.getFirst(), variables.names());
            return local.list().getFirst();
        }
        var known = new StringBuilder(path.getFirst());
        for (var key : path.subList(1, path.size())) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                break;
            }
            var below = mapping.get(key);
            if (below.isEmpty()) {
                local.unknown(
                        Code.UNDEFINED_VARIABLE,
                        location,
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
                location,
                "The variable '" + known + "' is empty.",
                "Give it a value, or a default with '!'.");
    }
}
