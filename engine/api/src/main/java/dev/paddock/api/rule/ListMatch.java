package dev.paddock.api.rule;

import java.util.List;

/** How the elements of one name below one parent are paired between two documents. */
public sealed interface ListMatch {
    /** The path of the elements, as in {@link Rule}. */
    String path();

    /**
     * A set: order has no meaning, elements with the same key are the same element.
     *
     * @param keys the key is the first of these alternatives that an element has in full; each alternative is a list of
     *     attributes ({@code @mac}), child paths ({@code tag/@id}) or {@code .} for the text. Elements of equal key
     *     are paired in order.
     */
    record Keyed(String path, List<List<String>> keys) implements ListMatch {}

    /**
     * A sequence: order has meaning, elements are aligned by likeness. All sequences below one parent that carry the
     * same group name form one mixed sequence.
     */
    record Ordered(String path, String group) implements ListMatch {}
}
