package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.inventory.VariableLayer;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resolves the files that plays name below {@code include} and {@code vars_files}, and stops include cycles. */
final class IncludeResolver {
    private static final int MAX_INCLUDES = 10_000;
    private static final int MAX_DEPTH = 40;

    private final SourceFiles files;
    private final Expressions expressions;
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private int includes;

    IncludeResolver(SourceFiles files, Expressions expressions, DiagnosticSink diagnostics) {
        this.files = files;
        this.expressions = expressions;
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
    }

    /**
     * A file that a play names.
     *
     * @param reference where the play names it
     */
    record FileReference(Path file, SourceLocation reference) {}

    /**
     * An included file.
     *
     * @param context for what it declares
     */
    record IncludedFile(YamlNode root, BindContext context) {}

    /** Return the files of a path or a list of paths, relative to the file that names them. */
    List<FileReference> files(YamlNode node, Variables variables) {
        List<FileReference> references = new ArrayList<>();
        var value = expressions.evaluate(node, variables);
        var items = value instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(value);
        for (var item : items) {
            scalars.text(item, "the path of a file")
                    .flatMap(text -> files.resolve(text, item.place()))
                    .ifPresent(file -> references.add(new FileReference(file, item.place())));
        }
        return references;
    }

    /** Return an included file; empty, with an error reported, if it cannot be read or includes itself. */
    Optional<IncludedFile> include(FileReference include, BindContext context) {
        var real = SourceFiles.real(include.file());
        if (context.files().contains(real)) {
            diagnostics.error(
                    Code.INCLUDE_CYCLE,
                    include.reference(),
                    "The file " + include.file() + " is included from within itself.",
                    "Remove one of the includes.");
            return Optional.empty();
        }
        if (++includes > MAX_INCLUDES || context.files().size() > MAX_DEPTH) {
            diagnostics.error(
                    Code.YAML_TOO_LARGE,
                    include.reference(),
                    "There are more than " + MAX_INCLUDES + " includes, or they are nested more than " + MAX_DEPTH
                            + " deep.",
                    "Include less.");
            return Optional.empty();
        }
        return files.fragment(include.file(), include.reference())
                .map(root -> new IncludedFile(root, context.in(real)));
    }

    /** Return the variables of a file; {@link VariableLayer#UNREADABLE}, with an error reported, if it is unreadable. */
    VariableLayer variables(FileReference reference) {
        return files.yaml(reference.file(), reference.reference())
                .map(node -> VariableLayer.of(node, diagnostics))
                .orElse(VariableLayer.UNREADABLE);
    }
}
