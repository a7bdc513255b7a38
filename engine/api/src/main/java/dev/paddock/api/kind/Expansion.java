package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.value.Value;
import java.util.List;

/**
 * What the shorthand of a resource expands to.
 *
 * @param spec the spec of the resource with its shorthand expanded
 * @param derived the resources that it needs but that need not be declared
 * @param contributions what it adds to declared resources
 */
public record Expansion(
        Value.Mapping spec,
        List<DerivedResource> derived,
        List<Contribution> contributions,
        List<Diagnostic> mistakes) {
    public Expansion {
        derived = List.copyOf(derived);
        contributions = List.copyOf(contributions);
        mistakes = List.copyOf(mistakes);
    }

    /** Return the expansion of a resource without shorthand. */
    public static Expansion none(Value.Mapping spec) {
        return new Expansion(spec, List.of(), List.of(), List.of());
    }
}
