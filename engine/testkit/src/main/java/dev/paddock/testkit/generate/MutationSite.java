package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Element;
import java.util.List;

/**
 * A place in a document where it can be made another document, and the ways to.
 *
 * @param what is done there: {@code change}, {@code remove}, {@code add}, {@code drop}, {@code insert} or {@code swap}
 * @param pattern the path without positions, as rules have it
 * @param place the path with positions
 * @param variants documents that differ from the given one there and nowhere else, the likeliest first
 */
public record MutationSite(String what, String pattern, String place, List<Variant> variants) {
    /**
     * One of the ways.
     *
     * @param value the new value; empty where something is removed
     */
    public record Variant(Element document, String value) {}

    public MutationSite {
        variants = List.copyOf(variants);
    }

    @Override
    public String toString() {
        return what + " " + place;
    }
}
