package dev.paddock.nwfilter.protocol;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Expands a rule with a host name into one rule for each of its addresses. Each rule keeps the name in its comment, a
 * {@link HostNameComment}: libvirt stores nothing else beside a rule.
 */
public final class HostNameExpansion {
    /** The attributes that may be a host name instead of an address. */
    public static final List<String> ATTRIBUTES = List.of("srcipaddr", "dstipaddr");

    public static final String COMMENT = "comment";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /** Requires a dot and no number at the end, so that neither a word nor an invalid address counts as a name. */
    static final String SYNTAX = "(?:" + LABEL + "\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private static final Pattern NAME = Pattern.compile(SYNTAX);
    private static final int LONGEST = 253;

    private final NameResolver names;
    private final String project;
    private final List<Diagnostic> mistakes = new ArrayList<>();

    private HostNameExpansion(NameResolver names, String project) {
        this.names = names;
        this.project = project;
    }

    /** Return whether a text is a host name with a dot. */
    public static boolean is(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    public static boolean isForSix(String protocol) {
        return protocol.startsWith("ipv6") || protocol.endsWith("-ipv6") || protocol.equals("icmpv6");
    }

    public static Expansion expand(Value.Mapping spec, NameResolver names, String project) {
        if (!(spec.get("rules").orElse(null) instanceof Value.Sequence rules)) {
            return Expansion.none(spec);
        }
        var expanding = new HostNameExpansion(names, project);
        var items = rules.items().stream().flatMap(expanding::item).toList();
        return new Expansion(
                spec.with("rules", new Value.Sequence(rules.place(), items)), List.of(), List.of(), expanding.mistakes);
    }

    private Stream<Value> item(Value item) {
        if (!(item instanceof Value.Mapping rule)) {
            return Stream.of(item);
        }
        for (var protocol : rule.entries().keySet()) {
            for (var attribute : ATTRIBUTES) {
                if (rule.get(protocol).orElse(null) instanceof Value.Mapping said
                        && said.get(attribute).orElse(null) instanceof Value.Scalar named
                        && is(named.text())) {
                    return rules(rule, protocol, said, attribute, named);
                }
            }
        }
        return Stream.of(item);
    }

    private Stream<Value> rules(
            Value.Mapping rule, String protocol, Value.Mapping said, String attribute, Value.Scalar named) {
        var name = named.text().toLowerCase(Locale.ROOT);
        var comment = said.text(COMMENT);
        var mark = comment.flatMap(HostNameComment::of)
                .orElseGet(() -> new HostNameComment(Map.of(), project, comment.orElse("")))
                .with(attribute, name);
        if (Comment.isTooLong(mark.text())) {
            mistake(Diagnostic.error(
                    Code.BAD_VALUE,
                    named.place(),
                    "The name stays with the rule in its comment, which would become longer than libvirt keeps: '"
                            + mark.text() + "'.",
                    "Shorten the rule's own comment, or the name of the project."));
            return Stream.of();
        }
        var marked = said.with(COMMENT, Value.Scalar.of(named.place(), mark.text()));
        // A rule may have two names, so the result is expanded again for the second.
        return addresses(name, isForSix(protocol), named).stream()
                .map(address -> rule.with(protocol, marked.with(attribute, Value.Scalar.of(named.place(), address))))
                .flatMap(this::item);
    }

    private List<String> addresses(String name, boolean isSix, Value.Scalar named) {
        return switch (names.resolve(name)) {
            case NameResolver.Answer.Unknown unknown ->
                none(
                        named,
                        "Nobody knows an address of '" + name + "'.",
                        "Correct the name, or see why this machine cannot resolve it: getent ahosts " + name + ".");
            case NameResolver.Answer.Withheld withheld -> {
                mistake(Diagnostic.error(
                        Code.SECRET_IN_HOST_NAME,
                        named.place(),
                        "The host name contains a secret, or is computed from one. To resolve it would tell it to the"
                                + " name servers.",
                        "Write the address, or a name without a secret."));
                yield List.of();
            }
            case NameResolver.Answer.Found found
            when found.of(isSix).isEmpty() ->
                none(
                        named,
                        "'" + name + "' has no " + (isSix ? "IPv6" : "IPv4") + " address, and the rule is for "
                                + (isSix ? "IPv6" : "IPv4") + ".",
                        "Remove the rule, or make it one for " + (isSix ? "IPv4" : "IPv6") + ".");
            case NameResolver.Answer.Found found -> found.of(isSix);
        };
    }

    private List<String> none(Value.Scalar named, String detail, String fix) {
        mistake(Diagnostic.error(Code.NAME_UNRESOLVED, named.place(), detail, fix));
        return List.of();
    }

    /** The second name of a rule is processed once for each address of the first. */
    private void mistake(Diagnostic found) {
        if (!mistakes.contains(found)) {
            mistakes.add(found);
        }
    }
}
