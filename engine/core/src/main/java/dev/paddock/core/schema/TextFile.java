package dev.paddock.core.schema;

import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.Optional;

/** A text that is the content of a file: {@code {file: PATH}}, relative to the file that names it. */
final class TextFile {
    static final String KEY = "file";

    private TextFile() {}

    /** Return the path in a value of this form. */
    static Optional<YamlNode> named(YamlNode node) {
        return node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1
                ? mapping.nonNull(KEY).filter(path -> path instanceof YamlNode.Scalar)
                : Optional.empty();
    }

    /**
     * Return the text, in which nothing is evaluated; empty, with an error reported, if it cannot be read. The path of a
     * secret text is tagged {@code !secret}.
     */
    static Optional<String> read(YamlNode path, SourceFiles files, DiagnosticSink diagnostics) {
        return new ScalarReader(diagnostics)
                .text(path, "the path of a file")
                .flatMap(text -> files.resolve(text, path.place()))
                .flatMap(file -> files.text(file, path.place()))
                .map(text -> {
                    if (path instanceof YamlNode.Scalar scalar && scalar.secret()) {
                        diagnostics.secret(text.strip());
                    }
                    return text;
                });
    }
}
