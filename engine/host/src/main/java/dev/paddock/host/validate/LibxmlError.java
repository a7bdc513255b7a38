package dev.paddock.host.validate;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Reads the fields of libxml2's xmlError. */
final class LibxmlError {
    /** Offsets of the fields of xmlError on a 64-bit machine: int, int, char *, enum, char *, int. */
    private static final long MESSAGE = 8;

    private static final long LINE = 32;

    private LibxmlError() {}

    /** Return the error as a sentence that starts with its line. */
    static String sentence(@Nullable Pointer error) {
        if (error == null) {
            return "The document cannot be read.";
        }
        var message = error.getPointer(MESSAGE);
        var text = message == null ? "not valid" : message.getString(0, "UTF-8").strip();
        var line = error.getInt(LINE);
        return (line > 0 ? "line " + line + ": " : "") + text;
    }
}
