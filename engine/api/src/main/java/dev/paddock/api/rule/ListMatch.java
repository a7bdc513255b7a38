package dev.paddock.api.rule;

import java.util.List;

/** How elements with the same name and parent are matched between two documents. */
public sealed interface ListMatch {
    /** The path of the elements, as in {@link Rule}. */
    String path();

    /**
     * A set: order has no meaning, and elements with the same key are the same element.
     *
     * @param keys alternative keys, of which the first that an element has in full applies; each is a list of
     *     attributes ({@code @mac}), child paths ({@code tag/@id}) or {@code .} for the text. Elements with equal keys
     *     are matched in order.
     */
    record Keyed(String path, List<List<String>> keys) implements ListMatch {}

    /**
     * A sequence: order has meaning, and elements are aligned by similarity. Sequences below one parent with the same
     * group name form one mixed sequence.
     */
    record Ordered(String path, String group) implements ListMatch {}
}
