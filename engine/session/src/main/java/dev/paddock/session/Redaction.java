package dev.paddock.session;

import dev.paddock.core.diff.SecretMask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in texts, also escaped as in XML, and in any case: libvirt writes addresses and UUIDs in lower case.
 */
public record Redaction(List<String> hidden) {
    public static final Redaction NONE = new Redaction(List.of());
    private static final String SHOWN = SecretMask.SHOWN;
    private static final int SHORTEST_LINE = 4;

    public Redaction plus(Set<String> secrets) {
        var all = new LinkedHashSet<>(hidden);
        for (var secret : secrets) {
            add(secret, all);
            // Plans break lines, and indent each.
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE)
                    .forEach(line -> add(line, all));
        }
        // A secret that contains another one is masked first, as a whole.
        return new Redaction(all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static void add(String secret, Set<String> all) {
        if (secret.isBlank()) {
            return;
        }
        all.add(secret);
        var escaped = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        all.add(escaped);
        all.add(escaped.replace("'", "&apos;").replace("\"", "&quot;"));
        all.add(escaped.replace("'", "&apos;"));
    }

    public String apply(String text) {
        var shown = text;
        for (var secret : hidden) {
            shown = Pattern.compile(secret, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(shown)
                    .replaceAll(Matcher.quoteReplacement(SHOWN));
        }
        return shown;
    }

    /** Return plain values with secrets masked in all texts. Other types stay, as a mask would change the type. */
    public @Nullable Object apply(@Nullable Object value) {
        return switch (value) {
            case String text -> apply(text);
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
                map.forEach((key, item) -> shown.put(key, apply((Object) item)));
                yield shown;
            }
            case Iterable<?> items -> {
                List<@Nullable Object> shown = new ArrayList<>();
                items.forEach(item -> shown.add(apply((Object) item)));
                yield shown;
            }
            case null, default -> value;
        };
    }
}
