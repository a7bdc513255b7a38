package dev.paddock.core.bind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The selection by {@code --tags} and {@code --skip-tags}, with Ansible's meaning of {@code all}, {@code tagged},
 * {@code untagged}, {@code always} and {@code never}.
 */
final class TagSelection {
    private static final Set<String> SPECIAL = Set.of("all", "tagged", "untagged", "always", "never");

    private final Set<String> only;
    private final Set<String> skip;
    private final Set<String> seen = new TreeSet<>();

    TagSelection(Set<String> only, Set<String> skip) {
        this.only = only.isEmpty() ? Set.of("all") : only;
        this.skip = skip;
    }

    /** Return whether a resource with these tags is selected. */
    boolean wants(Collection<String> own) {
        seen.addAll(own);
        var tagged = !own.isEmpty();
        var tags = tagged ? new LinkedHashSet<>(own) : Set.of("untagged");
        var never = tags.contains("never");
        var wanted = tags.contains("always")
                || (only.contains("all") && !never)
                || !Collections.disjoint(tags, only)
                || (only.contains("tagged") && tagged && !never);
        if (!wanted) {
            return false;
        }
        var skipped = skip.contains("all")
                ? !tags.contains("always") || skip.contains("always")
                : !Collections.disjoint(tags, skip) || (skip.contains("tagged") && tagged);
        return !skipped;
    }

    /** Return the requested tags that no resource has. */
    List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        for (var requested : List.of(only, skip)) {
            for (var tag : requested) {
                if (!SPECIAL.contains(tag) && !seen.contains(tag)) {
                    unknown.add(tag);
                }
            }
        }
        return unknown;
    }

    /** Return the tags that resources have. */
    Set<String> seen() {
        return Collections.unmodifiableSet(seen);
    }
}
