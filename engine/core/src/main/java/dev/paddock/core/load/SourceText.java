package dev.paddock.core.load;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the files of the user as text: strict UTF-8, with a maximum size. */
public final class SourceText {
    /** In bytes. No document or playbook is larger, so a larger file was named by accident. */
    static final int MAX_SIZE = 8 * 1024 * 1024;

    private static final String CORRECT = "Correct the path; one in a file counts from the folder of that file.";

    private SourceText() {}

    /**
     * Return the text without its byte order mark; empty, with an error reported, if it cannot be read.
     *
     * @param reference where the file is named, for errors of the file as a whole
     */
    public static Optional<String> read(Path file, SourceLocation reference, Consumer<Diagnostic> diagnostics) {
        try {
            if (Files.isDirectory(file)) {
                diagnostics.accept(unreadable(file, reference, "is a directory", CORRECT));
                return Optional.empty();
            }
            try (var in = Files.newInputStream(file)) {
                var bytes = in.readNBytes(MAX_SIZE + 1);
                if (bytes.length > MAX_SIZE) {
                    diagnostics.accept(Diagnostic.error(
                            Code.YAML_TOO_LARGE,
                            reference,
                            "The file " + file + " is larger than " + MAX_SIZE / 1024 / 1024 + " MiB.",
                            "Split it into several files."));
                    return Optional.empty();
                }
                return decode(bytes, file.toString(), diagnostics);
            }
        } catch (NoSuchFileException missing) {
            diagnostics.accept(unreadable(file, reference, "does not exist", CORRECT));
        } catch (AccessDeniedException denied) {
            diagnostics.accept(unreadable(
                    file,
                    reference,
                    "may not be read by this user",
                    "Run it as a user who may, or change who may with chmod."));
        } catch (IOException failure) {
            diagnostics.accept(unreadable(file, reference, "cannot be read (" + failure.getMessage() + ")", CORRECT));
        }
        return Optional.empty();
    }

    private static Diagnostic unreadable(Path file, SourceLocation reference, String why, String fix) {
        return Diagnostic.error(Code.FILE_UNREADABLE, reference, "The file " + file + " " + why + ".", fix);
    }

    private static Optional<String> decode(byte[] bytes, String file, Consumer<Diagnostic> diagnostics) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        var text = out.flip().toString();
        if (result.isError()) {
            diagnostics.accept(Diagnostic.error(
                    Code.FILE_UNREADABLE,
                    endOf(text, file),
                    "The byte 0x%02x here is not valid UTF-8.".formatted(in.get(in.position()) & 0xff),
                    "Save the file in the encoding UTF-8."));
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Return the location after the last character. */
    static SourceLocation endOf(String text, String file) {
        var line = 1;
        var start = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
                line++;
                start = i + 1;
            }
        }
        return new SourceLocation(file, line, text.codePointCount(start, text.length()) + 1);
    }
}
