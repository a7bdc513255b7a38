package dev.paddock.core.schema;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the values of the keys that every resource and play has. All mistakes are told. */
public final class ScalarReader {
    private static final Map<String, Boolean> BOOLEANS = booleans();

    private final DiagnosticSink mistakes;

    public ScalarReader(DiagnosticSink mistakes) {
        this.mistakes = mistakes;
    }

    private static Map<String, Boolean> booleans() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        for (var yes : List.of("yes", "true", "on")) {
            words.put(yes, true);
        }
        for (var no : List.of("no", "false", "off")) {
            words.put(no, false);
        }
        return words;
    }

    /** Return the text of a scalar. */
    public Optional<String> text(YamlNode node, String what) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.absent()) {
            return Optional.of(scalar.text());
        }
        if (!(node instanceof YamlNode.Failed)) {
            mistakes.error(
                    Code.WRONG_SHAPE,
                    node.place(),
                    "Expected " + what + " here, and found " + node.shape() + ".",
                    "Write " + what + ".");
        }
        return Optional.empty();
    }

    public Optional<Boolean> bool(YamlNode node) {
        return choice(node, "yes or no", BOOLEANS);
    }

    /** Return what one of some words means. */
    public <T> Optional<T> choice(YamlNode node, String what, Map<String, T> words) {
        return text(node, what).flatMap(text -> {
            var meaning = words.get(text.toLowerCase(Locale.ROOT));
            if (meaning == null) {
                mistakes.unknown(
                        Code.BAD_VALUE, node.place(), "Expected " + what + " here, and found", text, words.keySet());
            }
            return Optional.ofNullable(meaning);
        });
    }

    /** Return the words of a list of words, or of a text with commas between them. */
    public List<String> list(YamlNode node, String what) {
        List<String> words = new ArrayList<>();
        switch (node) {
            case YamlNode.Sequence sequence ->
                sequence.items().forEach(item -> text(item, what).ifPresent(text -> split(text, words)));
            case YamlNode.Scalar scalar -> text(scalar, what).ifPresent(text -> split(text, words));
            case YamlNode.Mapping mapping -> text(mapping, what);
            case YamlNode.Failed failed -> {}
        }
        return words;
    }

    private static void split(String text, List<String> words) {
        for (var word : text.split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
    }
}
