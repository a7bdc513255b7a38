package dev.paddock.core.plan;

import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.xml.Element;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.RuleIndex;
import java.util.Map;
import java.util.Set;

/** Checks whether two documents of a kind are equivalent, in both directions. */
public final class DocumentEquivalence {
    private final Kind kind;
    private final Differ differ;

    public DocumentEquivalence(Kind kind) {
        this.kind = kind;
        this.differ = new Differ(new RuleIndex(kind.rules()));
    }

    /** Return whether the copy lacks nothing of the original, and adds nothing. */
    public boolean isFaithful(Element copy, Element original) {
        var emulated =
                kind instanceof AcceleratedKind accelerated ? accelerated.emulated(copy, original, Map::of) : copy;
        var left = NormalizedKind.of(kind).comparable(NormalizedKind.of(kind).implied(emulated, original));
        var right = NormalizedKind.of(kind).comparable(original);
        return differ.differences(left, right, Set.of(), Extent.DEFINED).isEmpty()
                && differ.differences(right, left, Set.of(), Extent.DEFINED).stream()
                        .allMatch(NormalizedKind.of(kind)::isChosenAgain);
    }
}
