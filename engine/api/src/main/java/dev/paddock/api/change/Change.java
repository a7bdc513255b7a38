package dev.paddock.api.change;

import java.util.Optional;

/**
 * One difference between what is declared and what the host has.
 *
 * @param path an XPath below the root of the document, for example {@code ip[@address='10.0.0.1']/dhcp/host[1]/@name};
 *     {@code state}, {@code autostart} and {@code persistent} for what stands outside of the document
 * @param pattern the path without predicates, as in {@link dev.paddock.api.rule.Rule}, to find the way to carry it out
 * @param before what the host has: a leaf's value, or an element's XML; absent when it is added
 * @param after what is declared; absent when it is removed
 * @param extent whether the definition, what runs, or both differ
 * @param why what the cost comes from, or what else there is to know; empty when there is nothing to say
 */
public record Change(
        String path,
        String pattern,
        Action action,
        Optional<String> before,
        Optional<String> after,
        Extent extent,
        Cost cost,
        String why) {

    /** What happens to the path. */
    public enum Action {
        ADD,
        REMOVE,
        CHANGE,
        /** An element of a sequence stands in another place. */
        MOVE,
        /** It was declared and is no more; the value stays, from now on libvirt's to choose. */
        RELEASE
    }

    /** Which of the two documents of an active object differ. */
    public enum Extent {
        /** The definition differs, and, where the object is active, what runs as well. */
        DEFINED,
        /** The definition is right; what runs is still the old. */
        RUNNING
    }

    public Change costing(Cost newCost, String newWhy) {
        return new Change(path, pattern, action, before, after, extent, newCost, newWhy);
    }
}
