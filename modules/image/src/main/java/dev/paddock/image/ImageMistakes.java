package dev.paddock.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds errors in an image that concern more than one key. */
final class ImageMistakes {
    private static final List<String> SOURCES = List.of("build", "url", "path");

    /** The keys that a key requires beside it. */
    private static final Map<String, List<String>> GOES_WITH = Map.of(
            "revision", List.of("build"),
            "sha256", List.of("url"),
            "format", List.of("url", "path"));

    private ImageMistakes() {}

    static List<Diagnostic> find(Value.Mapping spec) {
        List<Diagnostic> found = new ArrayList<>();
        var sources = SOURCES.stream().filter(key -> has(spec, key)).toList();
        if (sources.isEmpty()) {
            found.add(Diagnostic.error(
                    Code.MISSING_KEY,
                    spec.place(),
                    "The image does not say where it comes from.",
                    "Add one of build, url and path."));
        }
        sources.stream()
                .skip(1)
                .forEach(key -> found.add(conflict(
                        spec,
                        key,
                        "An image comes from one place, and there is '" + sources.getFirst() + "' already.",
                        "Keep one of the two.")));
        GOES_WITH.forEach((key, others) -> {
            if (has(spec, key) && !sources.isEmpty() && others.stream().noneMatch(other -> has(spec, other))) {
                found.add(conflict(
                        spec,
                        key,
                        "'" + key + "' means nothing of an image with '" + sources.getFirst() + "'.",
                        "Remove it; it goes with " + String.join(" or ", others) + "."));
            }
        });
        if (has(spec, "url") && !has(spec, "sha256")) {
            found.add(Diagnostic.error(
                    Code.MISSING_KEY,
                    entry(spec, "url").keyPlace(),
                    "A download without a checksum could be anything.",
                    "Add sha256, as the publisher of the image lists it."));
        }
        return found;
    }

    private static boolean has(Value.Mapping spec, String key) {
        return spec.text(key).isPresent();
    }

    private static Value.Entry entry(Value.Mapping spec, String key) {
        return Objects.requireNonNull(spec.entries().get(key));
    }

    private static Diagnostic conflict(Value.Mapping spec, String key, String detail, String fix) {
        return Diagnostic.error(Code.CONFLICTING_KEYS, entry(spec, key).keyPlace(), detail, fix);
    }
}
