package dev.paddock.testkit.generate;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an attribute or a text may say.
 *
 * @param words the values that the schema lists
 * @param types the names of the schema's types that describe all others
 */
public record ValueSlot(SortedSet<String> words, SortedSet<String> types) {
    /** Any text, as where a schema does not say more. */
    public static final ValueSlot TEXT = ValueSlot.of(List.of(), List.of("text"));

    public ValueSlot {
        words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
        types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
    }

    static ValueSlot of(Collection<String> words, Collection<String> types) {
        return new ValueSlot(new TreeSet<>(words), new TreeSet<>(types));
    }
}
