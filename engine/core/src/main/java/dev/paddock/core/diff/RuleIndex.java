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

/** The rules of a kind, indexed by path. */
public final class RuleIndex {
    private final Rules rules;
    private final Map<String, String> prefixes = new HashMap<>();
    private final RulePath root;

    public RuleIndex(Rules rules) {
        this.rules = rules;
        rules.spaces().forEach((prefix, space) -> prefixes.put(space, prefix));
        root = new RulePath(this, Optional.empty(), "");
    }

    /** Return the path of the root element, from which all others are looked up. */
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

    /** Return whether any value of such documents is sensitive. */
    boolean hasSecrets() {
        return rules.rules().stream().anyMatch(Rule::isSensitive);
    }

    /** Return the name as paths write it: with the namespace prefix of the rules, not of the document. */
    String written(XmlName name) {
        if (name.space().isEmpty()) {
            return name.local();
        }
        var prefix = prefixes.get(name.space());
        return prefix == null ? name.toString() : prefix + ":" + name.local();
    }

    /** Return the name as an XPath step that works without a declared namespace prefix. */
    String step(XmlName name) {
        return name.space().isEmpty() || prefixes.containsKey(name.space())
                ? written(name)
                : "*[local-name()='" + name.local() + "' and namespace-uri()='" + name.space() + "']";
    }

    /** Return the pattern of a child of a pattern; the pattern of the root is empty. */
    static String below(String pattern, String name) {
        return pattern.isEmpty() ? name : pattern + "/" + name;
    }

    static boolean matches(String pattern, String path) {
        var anywhere = pattern.startsWith("**/");
        var expected = List.of((anywhere ? pattern.substring(3) : pattern).split("/"));
        var given = List.of(path.split("/"));
        if (anywhere ? given.size() < expected.size() : given.size() != expected.size()) {
            return false;
        }
        var offset = given.size() - expected.size();
        for (var i = 0; i < expected.size(); i++) {
            if (!matchesOne(expected.get(i), given.get(offset + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesOne(String expected, String given) {
        return switch (expected) {
            case "*" -> !given.startsWith("@");
            case "@*" -> given.startsWith("@");
            default -> expected.equals(given);
        };
    }
}
