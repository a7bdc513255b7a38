package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import java.util.Arrays;
import java.util.Optional;

/** A path in a guest: {@code VM:PATH}. */
record GuestPath(String guest, String path) {

    /**
     * Return the path in a guest; absent if the text is a path of this machine, with a slash before the first colon, or
     * without a colon.
     */
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

    /**
     * Return the name of the copy in a folder on this machine: the last part of the path, or the name of the VM if that
     * part is not a name.
     */
    String name() {
        var names = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        return names.isEmpty() || names.getLast().equals("..") ? guest : names.getLast();
    }
}
