package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Reports that a file cannot be written. */
final class FileWriteFailure {
    private FileWriteFailure() {}

    static CommandException of(String what, IOException failure, String fix) {
        return CommandException.failure(Diagnostic.error(Code.FILE_UNWRITABLE, what + ": " + why(failure) + ".", fix));
    }

    private static String why(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "the folder does not exist";
            case AccessDeniedException denied -> "this user may not write there";
            case FileAlreadyExistsException exists -> "it exists already";
            case FileSystemException refused when refused.getReason() != null -> refused.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
