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

/** Reads the values of common keys of resources and plays, reporting all errors. */
public final class ScalarReader {
    private static final Map<String, Boolean> BOOLEANS = booleans();

    private final DiagnosticSink diagnostics;

    public ScalarReader(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
    }

    private static Map<String, Boolean> booleans() {
        Map<String, Boolean> texts = new LinkedHashMap<>();
        for (var yes : List.of("yes", "true", "on")) {
            texts.put(yes, true);
        }
        for (var no : List.of("no", "false", "off")) {
            texts.put(no, false);
        }
        return texts;
    }

    /** Return the text of a scalar; empty, with an error reported, if the node is none. */
    public Optional<String> text(YamlNode node, String what) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.absent()) {
            return Optional.of(scalar.text());
        }
        if (!(node instanceof YamlNode.Failed)) {
            diagnostics.error(
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

    /** Return the value of one of several choices, in any case. */
    public <T> Optional<T> choice(YamlNode node, String what, Map<String, T> texts) {
        return text(node, what).flatMap(text -> {
            var meaning = texts.get(text.toLowerCase(Locale.ROOT));
            if (meaning == null) {
                diagnostics.unknown(
                        Code.BAD_VALUE, node.place(), "Expected " + what + " here, and found", text, texts.keySet());
            }
            return Optional.ofNullable(meaning);
        });
    }

    /** Return the texts of a list, or of a text that separates them by commas. */
    public List<String> list(YamlNode node, String what) {
        List<String> texts = new ArrayList<>();
        switch (node) {
            case YamlNode.Sequence sequence ->
                sequence.items().forEach(item -> text(item, what).ifPresent(text -> split(text, texts)));
            case YamlNode.Scalar scalar -> text(scalar, what).ifPresent(text -> split(text, texts));
            case YamlNode.Mapping mapping -> text(mapping, what);
            case YamlNode.Failed failed -> {}
        }
        return texts;
    }

    private static void split(String text, List<String> texts) {
        for (var word : text.split(",", -1)) {
            if (!word.isBlank()) {
                texts.add(word.strip());
            }
        }
    }
}
