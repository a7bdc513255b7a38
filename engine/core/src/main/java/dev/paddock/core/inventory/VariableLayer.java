package dev.paddock.core.inventory;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Variables from one source, which have the same precedence. Not evaluated.
 *
 * @param complete false if some could not be read, so that others may exist
 * @param preparation what a value needs before it is evaluated; if present, values are evaluated only when used
 */
public record VariableLayer(
        Map<String, YamlNode.Entry> entries, boolean complete, Optional<UnaryOperator<YamlNode>> preparation) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** The keywords of the expression language, and the built-in variables. */
    private static final Set<String> RESERVED =
            Set.of("true", "false", "as", "in", "using", "gt", "gte", "lt", "lte", "host", "each");

    public static final VariableLayer EMPTY = new VariableLayer(Map.of(), true, Optional.empty());
    public static final VariableLayer UNREADABLE = new VariableLayer(Map.of(), false, Optional.empty());

    /** Return whether an expression can use a variable of this name. */
    public static boolean isUsable(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name);
    }

    /** Return the variables of a mapping, reporting names that no expression could use. */
    public static VariableLayer of(YamlNode node, DiagnosticSink diagnostics) {
        if (node instanceof YamlNode.Scalar scalar && scalar.absent()) {
            return EMPTY;
        }
        if (node instanceof YamlNode.Failed) {
            return UNREADABLE;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            diagnostics.error(
                    Code.WRONG_SHAPE,
                    node.place(),
                    "Variables are a mapping of names to values, but here is " + node.shape() + ".",
                    "Write 'name: value' lines.");
            return UNREADABLE;
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            if (!NAME.matcher(name).matches()) {
                diagnostics.error(
                        Code.BAD_VALUE,
                        entry.keyPlace(),
                        "The variable " + diagnostics.quote(name)
                                + " could not be used: in an expression its name would" + " be something else.",
                        "Use letters, digits and '_', and no digit first.");
            } else if (RESERVED.contains(name)) {
                diagnostics.error(
                        Code.BAD_VALUE,
                        entry.keyPlace(),
                        "No variable can be called '" + name + "': the name has a meaning of its own in expressions.",
                        "Use another name.");
            } else {
                entries.put(name, entry);
            }
        });
        return new VariableLayer(entries, true, Optional.empty());
    }
}
