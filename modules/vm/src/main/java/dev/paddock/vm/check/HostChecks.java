package dev.paddock.vm.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares a VM with what libvirt says that its host can run. What libvirt does not list at all is no error: its lists
 * are shorter in older releases.
 */
public final class HostChecks {
    private static final int MOST_NAMES = 40;

    private final LocatedResource vm;
    private final List<Diagnostic> found = new ArrayList<>();

    private HostChecks(LocatedResource vm) {
        this.vm = vm;
    }

    public static List<Diagnostic> of(LocatedResource vm, HostReader host) {
        var checks = new HostChecks(vm);
        host.capabilities().ifPresent(capabilities -> checks.check(capabilities, host));
        return checks.found;
    }

    private void check(Element capabilities, HostReader host) {
        var document = vm.document();
        var type = document.attribute("type").orElse("");
        var os = document.child("os").flatMap(found -> found.child("type"));
        var architecture = os.flatMap(found -> found.attribute("arch")).orElse("");
        var block = capabilities.children("guest").stream()
                .filter(guest ->
                        guest.childText("os_type").filter("hvm"::equals).isPresent())
                .flatMap(guest -> guest.children("arch").stream())
                .filter(found ->
                        found.attribute("name").filter(architecture::equals).isPresent())
                .findFirst();
        if (block.isEmpty()
                || block.get()
                        .childText("emulator")
                        .filter(path -> path.contains("qemu") || path.contains("kvm"))
                        .isEmpty()) {
            return;
        }
        if (!offers(block.get(), type)) {
            if (type.equals("kvm")) {
                tell(
                        Severity.ERROR,
                        "type",
                        "libvirt there offers no KVM: the processor or the kernel of the host does not, or /dev/kvm is"
                                + " closed to QEMU.",
                        "Write type: auto, which runs under emulation where it has to. paddock doctor tells what KVM"
                                + " lacks.");
            }
            return;
        }
        memory(capabilities);
        var machine = os.flatMap(found -> found.attribute("machine"));
        if (machine.isPresent() && !machine(block.get(), machine.get())) {
            return;
        }
        // An emulator of the user's own may be able to do other things.
        if (document.child("devices")
                .flatMap(devices -> devices.child("emulator"))
                .isPresent()) {
            return;
        }
        machine.flatMap(name -> host.domainCapabilities(type, architecture, name))
                .ifPresent(this::domain);
    }

    private static boolean offers(Element architecture, String type) {
        return architecture.children("domain").stream()
                .anyMatch(
                        domain -> domain.attribute("type").filter(type::equals).isPresent());
    }

    /** Return whether the host has the machine. */
    private boolean machine(Element architecture, String machine) {
        var names = new TreeSet<String>();
        for (var holder : architecture.children("domain")) {
            holder.children("machine").forEach(each -> add(each, names));
        }
        architecture.children("machine").forEach(each -> add(each, names));
        if (names.isEmpty() || names.contains(machine)) {
            return true;
        }
        unknown("machine", "The host has no machine '" + machine + "'", machine, names);
        return false;
    }

    private static void add(Element machine, Collection<String> names) {
        names.add(machine.text());
        machine.attribute("canonical").ifPresent(names::add);
    }

    private void memory(Element capabilities) {
        var cells = capabilities
                .child("host")
                .flatMap(host -> host.child("topology"))
                .flatMap(topology -> topology.child("cells"));
        var total = cells.stream()
                .flatMap(all -> all.children("cell").stream())
                .flatMap(cell -> cell.child("memory").stream())
                .filter(memory -> memory.attribute("unit").filter("KiB"::equals).isPresent())
                .mapToLong(memory -> number(memory.text()))
                .sum();
        var wanted = vm.document()
                .child("memory")
                .filter(memory -> memory.attribute("unit").filter("KiB"::equals).isPresent())
                .map(memory -> number(memory.text()))
                .orElse(0L);
        if (total > 0 && wanted > total) {
            tell(
                    Severity.WARNING,
                    "memory",
                    "The VM has " + wanted / 1024 + " MiB of memory, and the host " + total / 1024 + " MiB.",
                    "Give it less, or apply it on a larger host.");
        }
    }

    private static long number(String text) {
        return text.strip().matches("[0-9]{1,15}") ? Long.parseLong(text.strip()) : 0;
    }

    private void domain(Element capabilities) {
        processors(capabilities);
        model(capabilities);
        firmware(capabilities);
        var devices = capabilities.child("devices");
        devices.flatMap(all -> all.child("disk")).ifPresent(disk -> disks(values(disk, "bus")));
        devices.flatMap(all -> all.child("graphics")).ifPresent(graphics -> displays(values(graphics, "type")));
    }

    private void processors(Element capabilities) {
        var most = capabilities
                .child("vcpu")
                .flatMap(vcpu -> vcpu.attribute("max"))
                .map(HostChecks::number)
                .orElse(0L);
        var wanted = vm.document().childText("vcpu").map(HostChecks::number).orElse(0L);
        if (most > 0 && wanted > most) {
            tell(
                    Severity.ERROR,
                    "cpus",
                    "The VM has " + wanted + " processors, and a machine of its type at most " + most
                            + " on this host.",
                    "Write " + most + " or less.");
        }
    }

    private void model(Element capabilities) {
        var cpu = vm.document().child("cpu");
        var modes = capabilities.child("cpu").map(all -> all.children("mode")).orElse(List.of());
        var mode = cpu.flatMap(found -> found.attribute("mode"))
                .or(() -> cpu.flatMap(found -> found.child("model")).map(model -> "custom"))
                .orElse("");
        var offered = modes.stream()
                .filter(each -> each.attribute("name").filter(mode::equals).isPresent())
                .findFirst();
        if (mode.isEmpty() || offered.isEmpty()) {
            return;
        }
        if (offered.get().attribute("supported").filter("no"::equals).isPresent()) {
            tell(
                    Severity.ERROR,
                    "cpu",
                    "The host cannot give a VM of this type the processor '" + mode + "'.",
                    "Write cpu: maximum, name a model, or leave cpu out."
                            + (mode.equals("host-passthrough") ? " The host's own processor needs KVM." : ""));
            return;
        }
        var name = cpu.flatMap(found -> found.childText("model")).orElse("");
        var models = offered.get().children("model");
        if (mode.equals("custom") && !models.isEmpty() && !name.isEmpty()) {
            var names = models.stream().map(Element::text).collect(Collectors.toCollection(TreeSet::new));
            models.forEach(model -> model.attribute("canonical").ifPresent(names::add));
            var usable = models.stream()
                    .filter(model -> model.text().equals(name))
                    .flatMap(model -> model.attribute("usable").stream())
                    .findFirst();
            if (!names.contains(name)) {
                unknown("cpu", "The host knows no processor '" + name + "'", name, names);
            } else if (usable.filter("no"::equals).isPresent()) {
                tell(
                        Severity.WARNING,
                        "cpu",
                        "The host lacks features of the processor '" + name + "', so the VM may not start.",
                        "Choose a model that it can run; `virsh domcapabilities` lists those with usable='yes'.");
            }
        }
    }

    private void firmware(Element capabilities) {
        var wanted = vm.document().child("os").flatMap(os -> os.attribute("firmware"));
        var offered = capabilities.child("os").map(os -> values(os, "firmware"));
        var hasLoader =
                vm.document().child("os").flatMap(os -> os.child("loader")).isPresent();
        if (!hasLoader
                && wanted.isPresent()
                && offered.isPresent()
                && !offered.get().contains(wanted.get())) {
            tell(
                    Severity.ERROR,
                    "firmware",
                    "The host has no firmware '" + wanted.get() + "' for this machine.",
                    wanted.get().equals("efi")
                            ? "Install it on the host: the package ovmf (Debian, Ubuntu) or edk2-ovmf (Fedora)."
                            : "Leave firmware out.");
        }
    }

    private void disks(Collection<String> offered) {
        var disks = VmDevices.of(vm.document(), "disk");
        for (var i = 0; i < disks.size(); i++) {
            var field = "disks/" + i + "/bus";
            VmDevices.attribute(disks.get(i), "target", "bus")
                    .filter(bus -> !offered.isEmpty() && !offered.contains(bus))
                    // Of these q35 has none, which another check reports.
                    .filter(bus -> !bus.equals("ide"))
                    .ifPresent(bus -> unknown(field, "The machine has no bus '" + bus + "' for disks", bus, offered));
        }
    }

    private void displays(Collection<String> offered) {
        VmDevices.of(vm.document(), "graphics").stream()
                .flatMap(display -> display.attribute("type").stream())
                .filter(type -> !offered.isEmpty() && !offered.contains(type))
                .forEach(type -> unknown("graphics", "The host's QEMU has no display '" + type + "'", type, offered));
    }

    private static Collection<String> values(Element holder, String name) {
        return holder.children("enum").stream()
                .filter(each -> each.attribute("name").filter(name::equals).isPresent())
                .flatMap(each -> each.children("value").stream())
                .map(Element::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void unknown(String field, String detail, String word, Collection<String> known) {
        var nearest = Suggestion.nearest(word, known);
        tell(
                Severity.ERROR,
                field,
                detail + nearest.map(near -> "; did you mean '" + near + "'?").orElse("."),
                nearest.map(near -> "Write '" + near + "'.")
                        .orElseGet(() -> "It has: "
                                + known.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                                + (known.size() > MOST_NAMES ? ", ..." : "") + "."));
    }

    private void tell(Severity severity, String field, String detail, String fix) {
        SourceLocation place = vm.at(field);
        found.add(new Diagnostic(Code.HOST_LACKS, severity, Optional.of(place), detail, Optional.of(fix)));
    }
}
