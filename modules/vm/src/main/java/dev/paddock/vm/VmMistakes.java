package dev.paddock.vm;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.value.Value;
import java.util.List;

/** Finds what a guest's schema cannot tell to be wrong, because it takes more than one key to see it. */
final class VmMistakes {
    private VmMistakes() {}

    static List<Diagnostic> of(Value.Mapping spec) {
        return List.of();
    }
}
