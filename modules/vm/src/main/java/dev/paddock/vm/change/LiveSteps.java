package dev.paddock.vm.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.vm.compare.NormalizedDevices;
import dev.paddock.vm.compare.NormalizedVm;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The steps that change a VM while it runs. */
final class LiveSteps {
    private static final List<String> OF_INTERFACE =
            List.of("source", "filterref", "link", "bandwidth", "vlan", "port", "virtualport");
    private static final Set<String> MEDIA = Set.of("cdrom", "floppy");

    private final ResourceId guest;
    private final Element defined;
    private final Element live;
    private final Element merged;
    private final List<Change> changes;

    private LiveSteps(ResourceId guest, Element defined, Element live, Element merged, List<Change> changes) {
        this.guest = guest;
        this.defined = defined;
        this.live = live;
        this.merged = merged;
        this.changes = changes;
    }

    /** Return the steps that bring the running VM to the merged document, as far as changes can be live. */
    static List<Action> of(UpdateRequest transition, Element merged) {
        var observed = transition.observed();
        var changes = transition.changes().stream()
                .filter(change -> change.cost() == Cost.LIVE)
                .toList();
        return new LiveSteps(
                        transition.desired().id(),
                        observed.defined(),
                        observed.live().orElse(observed.defined()),
                        merged,
                        changes)
                .steps();
    }

    private List<Action> steps() {
        List<Action> steps = new ArrayList<>();
        plugged(steps);
        if (touches("devices/interface/")) {
            interfaces(steps);
        }
        if (touches("devices/disk/source")) {
            media(steps);
        }
        if (touches("devices/disk/iotune")) {
            limits(steps);
        }
        if (touches("devices/graphics/")) {
            graphics(steps);
        }
        if (touches("devices/memballoon/stats")) {
            steps.add(new Action.SetMemoryStatistics(guest, statistics(merged)));
        }
        if (touches("currentMemory")) {
            memory().ifPresent(kibibytes -> steps.add(new Action.SetMemory(guest, kibibytes)));
        }
        if (touches("vcpu/@current")) {
            merged.child("vcpu")
                    .map(vcpu -> vcpu.attribute("current").orElse(vcpu.text().strip()))
                    .ifPresent(count -> steps.add(new Action.SetVcpus(guest, Integer.parseInt(count))));
        }
        described(steps);
        return steps;
    }

    private boolean touches(String prefix) {
        return changes.stream().anyMatch(change -> change.pattern().startsWith(prefix));
    }

    /** Attaches and detaches whole devices. Detaching comes first, as a new device may need the place of an old one. */
    private void plugged(List<Action> steps) {
        Set<String> names = new LinkedHashSet<>();
        changes.stream()
                .filter(change -> change.pattern().matches("devices/[a-z]+"))
                .filter(change -> change.action() == Change.Action.ADD || change.action() == Change.Action.REMOVE)
                .forEach(change -> names.add(change.pattern().substring("devices/".length())));
        List<Action> added = new ArrayList<>();
        for (var name : names) {
            var goes = moves(name, Change.Action.REMOVE);
            var comes = moves(name, Change.Action.ADD);
            List<Element> left = new ArrayList<>(VmDevices.of(live, name));
            for (var device : VmDevices.of(merged, name)) {
                var same = left.stream().filter(other -> isSame(device, other)).findFirst();
                same.ifPresent(left::remove);
                if (same.isEmpty() && comes) {
                    added.add(new Action.AttachDevice(guest, XmlWriter.write(device.withoutChildren("address"))));
                }
            }
            if (goes) {
                left.forEach(device -> steps.add(new Action.DetachDevice(guest, XmlWriter.write(device))));
            }
        }
        steps.addAll(added);
    }

    private boolean moves(String name, Change.Action action) {
        return changes.stream()
                .anyMatch(change -> change.pattern().equals("devices/" + name) && change.action() == action);
    }

    private static boolean isSame(Element device, Element other) {
        var key = VmDevices.key(device);
        return key.isPresent()
                ? key.equals(VmDevices.key(other))
                : bare(device).equals(bare(other))
                        || VmDevices.attribute(device, "alias", "name")
                                .filter(alias -> VmDevices.attribute(other, "alias", "name")
                                        .equals(Optional.of(alias)))
                                .isPresent();
    }

    /** Return a device without the values that differ between the two documents by themselves. */
    private static Element bare(Element device) {
        return device.withChildren(device.children().stream()
                .filter(child ->
                        !Set.of("address", "alias").contains(child.name().local()))
                .toList());
    }

    private void interfaces(List<Action> steps) {
        for (var wanted : VmDevices.of(merged, "interface")) {
            var found = VmDevices.like(wanted, live);
            if (found.isEmpty()) {
                continue;
            }
            var running = found.get();
            var element = running.attribute("type").equals(wanted.attribute("type"))
                    ? running
                    : wanted.attribute("type")
                            .map(type -> running.withAttribute("type", type))
                            .orElse(running);
            for (var name : OF_INTERFACE) {
                element = element.withoutChildren(name);
            }
            for (var name : OF_INTERFACE) {
                for (var part : wanted.children(name)) {
                    element = element.plus(ofRunning(part, running));
                }
            }
            var device = NormalizedDevices.of(Element.of("devices").plus(element));
            var before = NormalizedDevices.of(Element.of("devices").plus(running));
            if (!Set.copyOf(device.children().getFirst().children())
                    .equals(Set.copyOf(before.children().getFirst().children()))) {
                steps.add(new Action.UpdateDevice(guest, XmlWriter.write(element)));
            }
        }
    }

    /**
     * Within a network, an interface stays in the port group that it started in: libvirt ignores another one, or
     * rejects it.
     */
    private static Element ofRunning(Element part, Element running) {
        var source = running.child("source");
        var isSame = part.is("source")
                && source.filter(found -> found.attribute("network").equals(part.attribute("network")))
                        .isPresent();
        var group = source.flatMap(found -> found.attribute("portgroup"));
        return !isSame
                ? part
                : group.map(own -> part.withAttribute("portgroup", own)).orElse(part.withoutAttribute("portgroup"));
    }

    private void media(List<Action> steps) {
        for (var wanted : VmDevices.of(merged, "disk")) {
            var found = VmDevices.like(wanted, live)
                    .filter(disk -> MEDIA.contains(disk.attribute("device").orElse("disk")));
            if (found.isEmpty()) {
                continue;
            }
            var element = found.get().withoutChildren("source").withoutChildren("backingStore");
            if (wanted.attribute("type").isPresent()) {
                element = element.withAttribute("type", wanted.attribute("type").get());
            }
            for (var source : wanted.children("source")) {
                element = element.plus(source);
            }
            for (var driver : wanted.children("driver")) {
                element = element.withChild(driver);
            }
            if (!wanted.child("source")
                    .map(LiveSteps::plain)
                    .equals(found.get().child("source").map(LiveSteps::plain))) {
                steps.add(new Action.UpdateDevice(guest, XmlWriter.write(element)));
            }
        }
    }

    private static Element plain(Element source) {
        return source.withoutAttribute("index");
    }

    /** All limits are set, as libvirt leaves missing ones unchanged. */
    private void limits(List<Action> steps) {
        for (var wanted : VmDevices.of(merged, "disk")) {
            var found = VmDevices.like(wanted, live);
            if (found.isEmpty()) {
                continue;
            }
            var limits = new TreeMap<String, Long>();
            found.get().child("iotune").ifPresent(before -> before.children().stream()
                    .filter(limit -> limit.text().strip().matches("[0-9]{1,18}"))
                    .forEach(limit -> limits.put(limit.name().local(), 0L)));
            var now = new TreeMap<>(limits);
            wanted.child("iotune").ifPresent(after -> after.children().stream()
                    .filter(limit -> limit.text().strip().matches("[0-9]{1,18}"))
                    .forEach(limit -> now.put(
                            limit.name().local(), Long.parseLong(limit.text().strip()))));
            var isSame = found.get().child("iotune").equals(wanted.child("iotune"));
            if (!isSame) {
                steps.add(new Action.SetIoTune(
                        guest,
                        VmDevices.key(wanted).orElse(""),
                        now,
                        wanted.child("iotune").flatMap(tune -> tune.childText("group_name"))));
            }
        }
    }

    /** The update is the running display with the new password: libvirt rejects another address or port. */
    private void graphics(List<Action> steps) {
        for (var wanted : VmDevices.of(merged, "graphics")) {
            VmDevices.like(wanted, live).ifPresent(running -> {
                var element = running;
                for (var name : List.of("passwd", "passwdValidTo", "connected")) {
                    var value = wanted.attribute(name);
                    element = value.isPresent()
                            ? element.withAttribute(name, value.get())
                            : element.withoutAttribute(name);
                }
                if (!element.equals(running)) {
                    steps.add(new Action.UpdateDevice(guest, XmlWriter.write(element)));
                }
            });
        }
    }

    private static int statistics(Element document) {
        return VmDevices.of(document, "memballoon").stream()
                .flatMap(balloon -> VmDevices.attribute(balloon, "stats", "period").stream())
                .filter(period -> period.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    private Optional<Long> memory() {
        var form = NormalizedVm.of(merged);
        return form.childText("currentMemory")
                .or(() -> form.childText("memory"))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong);
    }

    private void described(List<Action> steps) {
        if (touches("title")) {
            steps.add(new Action.SetMetadata(
                    guest,
                    Action.Metadata.TITLE,
                    Optional.empty(),
                    merged.child("title").map(Element::text)));
        }
        if (touches("description")) {
            steps.add(new Action.SetMetadata(
                    guest,
                    Action.Metadata.DESCRIPTION,
                    Optional.empty(),
                    merged.child("description").map(Element::text)));
        }
        if (touches("metadata")) {
            // Metadata that others set on the running VM only is left alone.
            spaces(defined).stream()
                    .filter(space ->
                            !spaces(merged).contains(space) && spaces(live).contains(space))
                    .forEach(space -> steps.add(new Action.SetMetadata(
                            guest, Action.Metadata.ELEMENT, Optional.of(space), Optional.empty())));
            Metadata.all(merged)
                    .filter(own -> !isOfRunning(own))
                    .forEach(own -> steps.add(new Action.SetMetadata(
                            guest,
                            Action.Metadata.ELEMENT,
                            Optional.of(own.name().space()),
                            Optional.of(XmlWriter.write(own)))));
        }
    }

    private static List<String> spaces(Element document) {
        return Metadata.all(document).map(own -> own.name().space()).toList();
    }

    private boolean isOfRunning(Element own) {
        return Metadata.all(live).anyMatch(own::equals);
    }
}
