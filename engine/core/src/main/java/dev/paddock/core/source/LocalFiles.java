package dev.paddock.core.source;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The local files that resources are made from. */
public final class LocalFiles {
    private final DiagnosticSink diagnostics;
    private final SourceFiles files;
    private final FileDigester digests;

    public LocalFiles(DiagnosticSink diagnostics, SourceFiles files, FileDigester digests) {
        this.diagnostics = diagnostics;
        this.files = files;
        this.digests = digests;
    }

    /** A file with its absolute path and its checksum. */
    public record Found(Path path, String sha256) {}

    /** Return the file at a path, relative to the file that names it; empty, with an error reported, if unreadable. */
    public Optional<Found> find(String text, SourceLocation reference) {
        return files.resolve(text, reference).map(Path::toAbsolutePath).flatMap(path -> {
            try {
                if (Files.exists(path) && !Files.isRegularFile(path)) {
                    unreadable(path, reference, "it is no file");
                    return Optional.empty();
                }
                return Optional.of(new Found(path, digests.sha256(path)));
            } catch (NoSuchFileException missing) {
                unreadable(path, reference, "it is not there");
            } catch (IOException failure) {
                unreadable(path, reference, String.valueOf(failure.getMessage()));
            }
            return Optional.empty();
        });
    }

    private void unreadable(Path path, SourceLocation reference, String why) {
        diagnostics.error(
                Code.FILE_UNREADABLE,
                reference,
                "The file " + diagnostics.quote(path.toString()) + " cannot be read: " + why + ".",
                "Correct the path; it is relative to the file that names it.");
    }
}
