package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import java.util.Arrays;
import java.util.Optional;

/** A path in a guest, as {@code VM:PATH}. */
record GuestPath(String guest, String path) {

    /** Return what a text says, unless it is a path of this machine: one with a slash before its first colon, or none. */
    static Optional<GuestPath> parse(String text) throws CommandException {
        var colon = text.indexOf(':');
        var slash = text.indexOf('/');
        if (colon < 0 || (slash >= 0 && slash < colon)) {
            return Optional.empty();
        }
        if (colon == 0 || colon == text.length() - 1) {
            throw CommandException.usage(
                    "\"%s\" lacks the %s.".formatted(text, colon == 0 ? "guest" : "path"),
                    "Write VM:PATH, for example web:/etc/hosts.");
        }
        return Optional.of(new GuestPath(text.substring(0, colon), text.substring(colon + 1)));
    }

    /** Return what the thing is called within a folder here: the last part of the path, or the guest where that is no name. */
    String name() {
        var names = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        return names.isEmpty() || names.getLast().equals("..") ? guest : names.getLast();
    }
}
