package dev.paddock.api.change;

import java.util.Optional;

/**
 * One difference between the declaration and the host.
 *
 * @param path an XPath below the root of the document, for example {@code ip[@address='10.0.0.1']/dhcp/host[1]/@name};
 *     or {@code state}, {@code autostart} or {@code persistent}, which are not part of the document
 * @param pattern the path without predicates, as in {@link dev.paddock.api.rule.Rule}; decides how the change is
 *     performed
 * @param before the value on the host: the value of a leaf, or the XML of an element; absent for an addition
 * @param after the declared value; absent for a removal
 * @param extent whether the definition, the running object, or both differ
 * @param why the reason for the cost, or a remark; may be empty
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

    /** What happens at the path. */
    public enum Action {
        ADD,
        REMOVE,
        CHANGE,
        /** An element of a sequence changes its position. */
        MOVE,
        /** The value is no longer declared. It stays as it is, and libvirt may choose it from now on. */
        RELEASE
    }

    /** Which of the two documents of an active object differ. */
    public enum Extent {
        /** The definition differs, and so does the running object if there is one. */
        DEFINED,
        /** The definition is correct, but the running object still uses the old one. */
        RUNNING
    }

    /** Return the change without its values. */
    public Change withoutValues() {
        return new Change(path, pattern, action, Optional.empty(), Optional.empty(), extent, cost, why);
    }

    public Change costing(Cost newCost, String newWhy) {
        return new Change(path, pattern, action, before, after, extent, newCost, newWhy);
    }
}
