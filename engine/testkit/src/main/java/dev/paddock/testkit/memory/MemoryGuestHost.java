package dev.paddock.testkit.memory;

import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.host.GuestConsole;
import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the VMs of a host in memory, which have no consoles.
 *
 * @param guests what was read when the connection was opened, sorted by name
 * @param reported the addresses of VMs that run
 */
record MemoryGuestHost(Map<String, Observed> guests, Map<String, List<GuestAddress>> reported) implements GuestHost {
    @Override
    public List<GuestStatus> list() {
        return guests.keySet().stream().map(this::status).toList();
    }

    @Override
    public GuestStatus status(String guest) {
        var present = present(guest);
        var document = present.live().orElse(present.defined());
        var state = !present.active()
                ? GuestStatus.State.STOPPED
                : present.paused() ? GuestStatus.State.PAUSED : GuestStatus.State.RUNNING;
        return new GuestStatus(
                guest,
                present.uuid(),
                state,
                Optional.empty(),
                document.child("memory").map(MemoryGuestHost::kibibytes).orElse(0L),
                document.childText("vcpu").map(Integer::parseInt).orElse(1),
                present.autostart(),
                present.persistent());
    }

    private static long kibibytes(Element memory) {
        var number = Long.parseLong(memory.text().strip());
        return switch (memory.attribute("unit").orElse("KiB")) {
            case "KiB" -> number;
            case "MiB" -> number << 10;
            case "GiB" -> number << 20;
            case String unit -> throw new IllegalArgumentException("The unit " + unit + " is not known here.");
        };
    }

    @Override
    public List<GuestAddress> addresses(String guest) {
        return present(guest).active() ? reported.getOrDefault(guest, List.of()) : List.of();
    }

    @Override
    public GuestConsole console(String guest, boolean takeOver) {
        throw new HostException(Failure.UNSUPPORTED, 0, 0, "The VMs of a host in memory have no consoles.");
    }

    private Observed.Present present(String guest) {
        if (guests.get(guest) instanceof Observed.Present present) {
            return present;
        }
        throw LibvirtRefusal.NO_DOMAIN.of(LibvirtRefusal.DOMAIN, "There is no guest of the name \"" + guest + "\".");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
