package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.value.Value;
import java.util.List;

/**
 * What a resource's short words stand for.
 *
 * @param spec what the resource says, with the short words replaced by long ones
 * @param derived the resources that it needs and that nobody has to declare
 * @param contributions what it adds to resources that are declared
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

    /** Return that of a resource without short words. */
    public static Expansion none(Value.Mapping spec) {
        return new Expansion(spec, List.of(), List.of(), List.of());
    }
}
