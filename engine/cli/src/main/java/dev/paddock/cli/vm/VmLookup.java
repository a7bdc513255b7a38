package dev.paddock.cli.vm;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.cli.console.CommandException;

/** Finds guests by the names that a user gave. */
final class VmLookup {
    private VmLookup() {}

    /** Return the guest of that name, or say which there are. */
    static GuestStatus one(GuestHost host, String name) throws CommandException {
        var all = host.list();
        for (var status : all) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw CommandException.failure(Diagnostic.error(
                Code.NOTHING_SELECTED,
                "The host has no guest named '" + name + "'.",
                Suggestion.nearest(name, all.stream().map(GuestStatus::name).toList())
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("See what there is with paddock vm list.")));
    }
}
