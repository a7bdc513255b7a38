package dev.paddock.core.source;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.load.YamlReader;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The YAML files of a run. Each is read once; paths are relative to the file that names them. */
public final class SourceFiles {
    private final DiagnosticSink diagnostics;
    private final Map<Path, Optional<YamlNode>> read = new HashMap<>();

    public SourceFiles(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Use a text as the content of a file. */
    public void put(Path file, String text) {
        read.put(file, YamlReader.parse(text, file.toString(), diagnostics::add));
    }

    /** Return the YAML of a file; empty, with an error reported, if it cannot be read. */
    public Optional<YamlNode> yaml(Path file, SourceLocation reference) {
        return read.computeIfAbsent(file, path -> YamlReader.read(path, reference, diagnostics::add));
    }

    /** Return the path of a text, relative to the file that names it; empty, with an error reported, if it is invalid. */
    public Optional<Path> resolve(String text, SourceLocation reference) {
        try {
            var folder = Path.of(reference.file()).getParent();
            var path = Path.of(text);
            return Optional.of((folder == null ? path : folder.resolve(path)).normalize());
        } catch (InvalidPathException invalid) {
            diagnostics.error(
                    Code.BAD_VALUE,
                    reference,
                    diagnostics.quote(text) + " is not a path: " + invalid.getReason() + ".",
                    "Write the path of a file.");
            return Optional.empty();
        }
    }

    /** Return the real path of a file, with links resolved. */
    public static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException missing) {
            return file.toAbsolutePath().normalize();
        }
    }
}
