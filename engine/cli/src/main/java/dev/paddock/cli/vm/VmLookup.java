package dev.paddock.cli.vm;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.cli.console.CommandException;

/** Finds VMs by the names on the command line. */
final class VmLookup {
    private VmLookup() {}

    /** Return the VM with this name; if there is none, the error suggests a similar name. */
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
