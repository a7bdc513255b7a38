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

/** The files of a run: each is read once, and named relative to the file that names it. */
public final class SourceFiles {
    private final DiagnosticSink mistakes;
    private final Map<Path, Optional<YamlNode>> read = new HashMap<>();

    public SourceFiles(DiagnosticSink mistakes) {
        this.mistakes = mistakes;
    }

    /** Take this text for the content of a file. */
    public void put(Path file, String text) {
        read.put(file, YamlReader.parse(text, file.toString(), mistakes::add));
    }

    /** Return the YAML of a file, or nothing after telling why. */
    public Optional<YamlNode> yaml(Path file, SourceLocation named) {
        return read.computeIfAbsent(file, path -> YamlReader.read(path, named, mistakes::add));
    }

    /** Return the path that a text means in the file of the place. */
    public Optional<Path> resolve(String text, SourceLocation named) {
        try {
            var folder = Path.of(named.file()).getParent();
            var path = Path.of(text);
            return Optional.of((folder == null ? path : folder.resolve(path)).normalize());
        } catch (InvalidPathException invalid) {
            mistakes.error(
                    Code.BAD_VALUE,
                    named,
                    mistakes.quote(text) + " is not a path: " + invalid.getReason() + ".",
                    "Write the path of a file.");
            return Optional.empty();
        }
    }

    /** Return the one path of a file, whatever links lead to it. */
    public static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException missing) {
            return file.toAbsolutePath().normalize();
        }
    }
}
