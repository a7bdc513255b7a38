package dev.paddock.cli.snapshot;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.cli.console.CommandException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds VMs and snapshots by the names on the command line. */
final class SnapshotGuests {
    private static final String SNAPSHOT = "snapshot";

    private final HostReader reader;

    SnapshotGuests(HostReader reader) {
        this.reader = reader;
    }

    static ResourceId id(String guest, String name) {
        return new ResourceId(SNAPSHOT, guest + "/" + name);
    }

    Observed.Present guest(String name) throws CommandException {
        return switch (reader.read("vm", Optional.of(Set.of(name))).getOrDefault(name, new Observed.Absent())) {
            case Observed.Present present -> present;
            case Observed.Unreadable unreadable -> throw CommandException.failure(unreadable.why());
            case Observed.Absent absent ->
                throw missing(
                        Code.NOTHING_SELECTED,
                        "The host has no vm named '" + name + "'.",
                        name,
                        reader.read("vm", Optional.empty()).keySet(),
                        "See what there is with paddock show vms.");
        };
    }

    /** Return the snapshots of a VM, or of all VMs, by address. */
    Map<String, Observed> snapshots(Optional<String> guest) {
        Map<String, Observed> found = new TreeMap<>(reader.read(SNAPSHOT, Optional.empty()));
        guest.ifPresent(name -> found.keySet().removeIf(address -> !address.startsWith(name + "/")));
        return found;
    }

    Optional<Observed> find(String guest, String name) {
        var address = id(guest, name).name();
        return Optional.ofNullable(
                        reader.read(SNAPSHOT, Optional.of(Set.of(address))).get(address))
                .filter(observed -> !(observed instanceof Observed.Absent));
    }

    Observed.Present snapshot(String guest, String name) throws CommandException {
        guest(guest);
        return switch (find(guest, name).orElse(new Observed.Absent())) {
            case Observed.Present present -> present;
            case Observed.Unreadable unreadable -> throw CommandException.failure(unreadable.why());
            case Observed.Absent absent ->
                throw missing(
                        Code.SNAPSHOT_UNKNOWN,
                        "The guest '" + guest + "' has no snapshot named '" + name + "'.",
                        name,
                        snapshots(Optional.of(guest)).keySet().stream()
                                .map(address -> address.substring(guest.length() + 1))
                                .toList(),
                        "See what there is with paddock snapshot list " + guest + ".");
        };
    }

    private static CommandException missing(
            Code code, String detail, String name, Collection<String> names, String otherwise) {
        return CommandException.failure(Diagnostic.error(
                code,
                detail,
                Suggestion.nearest(name, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse(otherwise)));
    }
}
