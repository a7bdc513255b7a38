package dev.paddock.core.diff;

import dev.paddock.api.rule.Alias;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.xml.XmlName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of a kind, prepared for being asked about one path after another. */
public final class RuleIndex {
    private final Rules rules;
    private final Map<String, String> prefixes = new HashMap<>();
    private final RulePath root;

    public RuleIndex(Rules rules) {
        this.rules = rules;
        rules.spaces().forEach((prefix, space) -> prefixes.put(space, prefix));
        root = new RulePath(this, Optional.empty(), "");
    }

    /** Return the path of whole documents, from which all others are found. */
    RulePath root() {
        return root;
    }

    Rule rule(String path) {
        return rules.rules().stream()
                .filter(rule -> matches(rule.path(), path))
                .findFirst()
                .orElse(rules.otherwise());
    }

    Optional<ListMatch> siblings(String path) {
        return rules.siblings().stream()
                .filter(rule -> matches(rule.path(), path))
                .findFirst();
    }

    Optional<Alias> alias(String path) {
        return rules.aliases().stream()
                .filter(rule -> matches(rule.path(), path))
                .findFirst();
    }

    /** Return whether any text of such documents is shown to nobody. */
    boolean hasSecrets() {
        return rules.rules().stream().anyMatch(Rule::isSensitive);
    }

    /** Return the name as paths write it: with the prefix that the rules give its namespace, whatever the document's. */
    String written(XmlName name) {
        if (name.space().isEmpty()) {
            return name.local();
        }
        var prefix = prefixes.get(name.space());
        return prefix == null ? name.toString() : prefix + ":" + name.local();
    }

    /** Return the name as an XPath step that finds it even where nobody has declared its namespace's prefix. */
    String step(XmlName name) {
        return name.space().isEmpty() || prefixes.containsKey(name.space())
                ? written(name)
                : "*[local-name()='" + name.local() + "' and namespace-uri()='" + name.space() + "']";
    }

    /** Return the pattern of something below a pattern; the root's own is empty. */
    static String below(String pattern, String name) {
        return pattern.isEmpty() ? name : pattern + "/" + name;
    }

    static boolean matches(String pattern, String path) {
        var anywhere = pattern.startsWith("**/");
        var wanted = List.of((anywhere ? pattern.substring(3) : pattern).split("/"));
        var given = List.of(path.split("/"));
        if (anywhere ? given.size() < wanted.size() : given.size() != wanted.size()) {
            return false;
        }
        var offset = given.size() - wanted.size();
        for (var i = 0; i < wanted.size(); i++) {
            if (!matchesOne(wanted.get(i), given.get(offset + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesOne(String wanted, String given) {
        return switch (wanted) {
            case "*" -> !given.startsWith("@");
            case "@*" -> given.startsWith("@");
            default -> wanted.equals(given);
        };
    }
}
