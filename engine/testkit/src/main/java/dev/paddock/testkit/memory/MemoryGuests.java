package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The guests of a host in memory: identity, states and devices, as far as plans need them. What libvirt fills into
 * documents is not made here, but for the UUID. To be used under the host's lock.
 */
final class MemoryGuests {
    private final SeededChoice chance;
    private final Map<String, MemoryGuest> guests = new TreeMap<>();

    MemoryGuests(SeededChoice chance) {
        this.chance = chance;
    }

    /** Return the guests, or the patterns of pools, which are defined in the same way. */
    Map<String, Observed> observed(boolean patterns) {
        Map<String, Observed> observed = new TreeMap<>();
        guests.forEach((name, guest) -> {
            var present = guest.observed();
            if (PoolSpec.elementOf(present.defined()).isPresent() == patterns) {
                observed.put(name, present);
            }
        });
        return observed;
    }

    /** Perform an action on a guest, or on the pattern of a pool. */
    void perform(Action action) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> define(MemoryDocument.of("domain.rng", define));
            case Action.Undefine undefine -> undefine(name);
            case Action.Start start -> start(name, false);
            case Action.Stop stop -> stop(name);
            case Action.SetAutostart setAutostart -> autostart(name, setAutostart.enabled());
            case Action.AwaitReady awaitReady -> requireRunning(name);
            case Action.SetMetadata setMetadata -> setMetadata(setMetadata);
            case Action.Guest guest -> performOnGuest(guest);
            case Action.Build other -> throw MemoryWriter.unsupported(other);
            case Action.Resize other -> throw MemoryWriter.unsupported(other);
            case Action.Provide other -> throw MemoryWriter.unsupported(other);
            case Action.UpdateNetwork other -> throw MemoryWriter.unsupported(other);
            case Action.Replug other -> throw MemoryWriter.unsupported(other);
        }
    }

    void define(Element given) {
        var name = given.childText("name").orElse("");
        var known = Optional.ofNullable(guests.get(name));
        var uuid = given.childText("uuid").orElseGet(chance::uuid);
        known.filter(guest -> !guest.uuid().equals(uuid)).ifPresent(guest -> {
            throw LibvirtRefusal.CONFLICT.of(
                    LibvirtRefusal.DOMAIN,
                    "operation failed: domain '" + name + "' already exists with uuid " + guest.uuid());
        });
        guests.forEach((other, guest) -> {
            if (!other.equals(name) && guest.uuid().equals(uuid)) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.DOMAIN,
                        "operation failed: domain '" + other + "' is already defined with uuid " + uuid);
            }
        });
        var form = given.withChild(Element.of("uuid").withText(uuid)).withoutAttribute("id");
        guests.put(
                name,
                known.map(guest -> guest.withDefined(Optional.of(form)))
                        .orElseGet(() -> new MemoryGuest(uuid, Optional.of(form), Optional.empty(), false, false)));
    }

    void undefine(String name) {
        change(name, guest -> guest.withDefined(Optional.empty()));
    }

    void start(String name, boolean paused) {
        require(name);
        change(
                name,
                guest -> guest.live().isPresent()
                        ? guest
                        : guest.withLive(guest.defined().map(document -> document.withAttribute("id", "1")), paused));
    }

    void stop(String name) {
        change(name, guest -> guest.withLive(Optional.empty(), false));
    }

    void autostart(String name, boolean enabled) {
        require(name);
        change(name, guest -> guest.withAutostart(enabled));
    }

    private void performOnGuest(Action.Guest action) {
        var name = action.target().name();
        if (!(action instanceof Action.Shutdown || action instanceof Action.Rename)) {
            require(name);
        }
        switch (action) {
            case Action.Shutdown shutdown -> stop(name);
            case Action.StartPaused start -> start(name, true);
            case Action.Rename rename -> rename(name, rename.name());
            case Action.Suspend suspend -> change(name, guest -> guest.withLive(guest.live(), true));
            case Action.Resume resume -> change(name, guest -> guest.withLive(guest.live(), false));
            case Action.AttachDevice attach -> devices(name, devices -> devices.plus(parsed(attach.xml())));
            case Action.DetachDevice detach -> devices(name, devices -> without(devices, parsed(detach.xml())));
            case Action.UpdateDevice update ->
                devices(name, devices -> {
                    var device = parsed(update.xml());
                    return without(devices, device).plus(device);
                });
            case Action.SetMemory memory ->
                running(
                        name,
                        live -> live.withChild(
                                Element.of("currentMemory").withText(Long.toString(memory.kibibytes()))));
            case Action.SetVcpus vcpus ->
                running(
                        name,
                        live -> live.withChild(live.child("vcpu")
                                .orElse(Element.of("vcpu"))
                                .withAttribute("current", Integer.toString(vcpus.count()))));
            case Action.SetIoTune tune -> running(name, live -> live);
            case Action.SetMemoryStatistics statistics -> running(name, live -> live);
        }
    }

    private void rename(String name, String newName) {
        var guest = guests.get(name);
        if (guest == null) {
            return;
        }
        if (guest.live().isPresent()) {
            throw LibvirtRefusal.WRONG_STATE.of(
                    LibvirtRefusal.DOMAIN,
                    "Requested operation is not valid: domain has to be shutoff before renaming");
        }
        if (guests.containsKey(newName)) {
            throw LibvirtRefusal.CONFLICT.of(
                    LibvirtRefusal.DOMAIN, "operation failed: domain with name '" + newName + "' already exists");
        }
        guests.remove(name);
        guests.put(
                newName,
                guest.withDefined(guest.defined()
                        .map(document -> document.withChild(Element.of("name").withText(newName)))));
    }

    void setMetadata(Action.SetMetadata metadata) {
        var name = metadata.target().name();
        require(name);
        running(name, live -> Described.by(metadata, live));
    }

    /** A guest in memory is ready as soon as it runs. */
    void requireRunning(String name) {
        require(name);
        running(name, live -> live);
    }

    private void devices(String name, UnaryOperator<Element> change) {
        running(name, live -> live.withChild(change.apply(live.child("devices").orElse(Element.of("devices")))));
    }

    /** A device is known by its target, or its address in the network. */
    private static Element without(Element devices, Element device) {
        List<Element> left = new ArrayList<>(devices.children());
        left.removeIf(other -> other.name().equals(device.name()) && key(other).equals(key(device)));
        return devices.withChildren(left);
    }

    private static Optional<Element> key(Element device) {
        return device.child("mac").or(() -> device.child("target"));
    }

    private void running(String name, UnaryOperator<Element> change) {
        change(name, guest -> {
            if (guest.live().isEmpty()) {
                throw LibvirtRefusal.WRONG_STATE.of(
                        LibvirtRefusal.DOMAIN, "Requested operation is not valid: domain is not running");
            }
            return guest.withLive(guest.live().map(change), guest.paused());
        });
    }

    private void require(String name) {
        if (!guests.containsKey(name)) {
            throw LibvirtRefusal.NO_DOMAIN.of(LibvirtRefusal.DOMAIN, "There is no guest of the name \"" + name + "\".");
        }
    }

    private void change(String name, UnaryOperator<MemoryGuest> change) {
        guests.computeIfPresent(name, (key, guest) -> {
            var changed = change.apply(guest);
            return changed.isGone() ? null : changed;
        });
    }

    private static Element parsed(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw LibvirtRefusal.MALFORMED.of(LibvirtRefusal.DOMAIN, "not well-formed");
        }
    }
}
