package dev.paddock.nwfilter.protocol;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The comment of a rule that was generated from a host name, such as {@code dstipaddr=github.com (paddock default)}:
 * which address belongs to which host. A comment counts only if the UUID of the filter proves the project in it, so a
 * comment of somebody else does not count.
 *
 * @param names host names by the attribute that they stand for; one or two
 * @param project the project whose playbook contains the name
 * @param said the comment of the rule in the playbook, often empty
 */
public record HostNameComment(Map<String, String> names, String project, String said) {
    private static final Pattern FORM = Pattern.compile(
            "(?:srcipaddr=(?<src>%1$s) )?(?:dstipaddr=(?<dst>%1$s) )?\\(paddock (?<project>[A-Za-z0-9._-]+)\\)(?: (?<said>.*))?"
                    .formatted(HostNameExpansion.SYNTAX),
            Pattern.DOTALL);

    public HostNameComment {
        names = Collections.unmodifiableMap(new TreeMap<>(names));
    }

    /** Read a comment. */
    public static Optional<HostNameComment> of(String comment) {
        var form = FORM.matcher(comment);
        if (!form.matches()) {
            return Optional.empty();
        }
        Map<String, String> names = new TreeMap<>();
        for (var side : new String[] {"src", "dst"}) {
            Optional.ofNullable(form.group(side)).ifPresent(name -> names.put(side + "ipaddr", name));
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new HostNameComment(
                        names,
                        form.group("project"),
                        Optional.ofNullable(form.group("said")).orElse("")));
    }

    HostNameComment with(String attribute, String name) {
        Map<String, String> more = new TreeMap<>(names);
        more.put(attribute, name);
        return new HostNameComment(more, project, said);
    }

    /** Return the comment. */
    String text() {
        var text = new StringBuilder();
        for (var attribute : HostNameExpansion.ATTRIBUTES) {
            if (names.containsKey(attribute)) {
                text.append(attribute).append('=').append(names.get(attribute)).append(' ');
            }
        }
        text.append("(paddock ").append(project).append(')');
        return said.isEmpty() ? text.toString() : text.append(' ').append(said).toString();
    }
}
