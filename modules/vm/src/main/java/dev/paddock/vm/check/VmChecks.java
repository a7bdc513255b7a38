package dev.paddock.vm.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.ReadinessMetadata;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds what is wrong with one VM, and that no schema can know. */
public final class VmChecks {
    private static final String QEMU_AGENT = "org.qemu.guest_agent.0";
    private static final String OWN_AGENT = "dev.paddock.agent.0";
    private static final int FIRST_VNC_PORT = 5900;
    private static final int LONGEST_VNC_PASSWORD = 8;

    private final LocatedResource vm;
    private final List<Diagnostic> found = new ArrayList<>();

    private VmChecks(LocatedResource vm) {
        this.vm = vm;
    }

    public static List<Diagnostic> of(LocatedResource vm) {
        var checks = new VmChecks(vm);
        checks.twice("disk", "disks/%d/target", disk -> VmDevices.attribute(disk, "target", "dev"), "disk target");
        checks.twice(
                "channel", "channels/%d/name", channel -> VmDevices.attribute(channel, "target", "name"), "channel");
        checks.twice("filesystem", "shares/%d/target", share -> VmDevices.attribute(share, "target", "dir"), "share");
        checks.twice(
                "interface",
                "networks/%d/key",
                link -> VmDevices.attribute(link, "alias", "name")
                        .filter(name -> name.startsWith("ua-"))
                        .map(name -> name.substring("ua-".length())),
                "key");
        checks.twice("disk", "disks/%d/file", VmChecks::writableFile, "file");
        checks.buses();
        checks.displays();
        checks.macs();
        checks.memory();
        checks.readiness();
        return checks.found;
    }

    /** Report devices of which two have what only one can have. */
    private void twice(String device, String field, Function<Element, Optional<String>> value, String what) {
        Set<String> seen = new HashSet<>();
        var devices = VmDevices.of(vm.document(), device);
        for (var i = 0; i < devices.size(); i++) {
            var place = vm.at(field.formatted(i));
            value.apply(devices.get(i))
                    .filter(text -> !seen.add(text))
                    .ifPresent(text -> tell(
                            Code.GIVEN_TWICE,
                            place,
                            "The " + what + " '" + text + "' is given twice in " + vm.id() + ", and can be there once.",
                            "Give one of the two another one, or remove it."));
        }
    }

    /** Return the image file of a disk that is written. */
    static Optional<String> writableFile(Element disk) {
        var isShared = disk.child("readonly").isPresent()
                || disk.child("shareable").isPresent()
                || disk.child("transient").isPresent()
                || disk.attribute("device").filter("cdrom"::equals).isPresent();
        return isShared ? Optional.empty() : VmDevices.attribute(disk, "source", "file");
    }

    private void buses() {
        var isQ35 = vm.document()
                .child("os")
                .flatMap(os -> os.child("type"))
                .flatMap(type -> type.attribute("machine"))
                .filter(machine -> machine.startsWith("q35") || machine.contains("-q35-"))
                .isPresent();
        var disks = VmDevices.of(vm.document(), "disk");
        for (var i = 0; i < disks.size(); i++) {
            var place = vm.at("disks/" + i + "/bus");
            VmDevices.attribute(disks.get(i), "target", "bus")
                    .filter(bus -> isQ35 && bus.equals("ide"))
                    .ifPresent(bus -> tell(
                            Code.DEVICE_IMPOSSIBLE,
                            place,
                            "The machine q35 has no IDE bus, and libvirt refuses a disk on one.",
                            "Write bus: sata, or machine: pc."));
        }
    }

    private void displays() {
        for (var display : VmDevices.of(vm.document(), "graphics")) {
            if (display.attribute("type").filter("vnc"::equals).isEmpty()) {
                continue;
            }
            port(display)
                    .filter(port -> port > 0 && port < FIRST_VNC_PORT)
                    .ifPresent(port -> tell(
                            Code.DEVICE_IMPOSSIBLE,
                            vm.at("graphics/port"),
                            "A VNC display is a port from 5900 on, of which QEMU counts its displays; " + port
                                    + " is none.",
                            "Write 5900 or more, or leave the port out: then a free one is taken."));
            display.attribute("passwd")
                    .filter(password -> password.length() > LONGEST_VNC_PASSWORD)
                    .ifPresent(password -> tell(
                            Code.DEVICE_IMPOSSIBLE,
                            vm.at("graphics/password"),
                            "VNC knows passwords of at most 8 characters, and libvirt refuses this one, which is longer.",
                            "Give a shorter one."));
        }
    }

    static Optional<Integer> port(Element display) {
        return display.attribute("port")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::parseInt);
    }

    private void macs() {
        var interfaces = VmDevices.of(vm.document(), "interface");
        for (var i = 0; i < interfaces.size(); i++) {
            var place = vm.at("networks/" + i + "/mac");
            VmDevices.attribute(interfaces.get(i), "mac", "address")
                    .map(Normalizers.MAC_ADDRESS::apply)
                    .filter(mac -> mac.matches("[0-9a-f][13579bdf]:.*"))
                    .ifPresent(mac -> tell(
                            Code.DEVICE_IMPOSSIBLE,
                            place,
                            "'" + mac + "' is the address of a group of interfaces (multicast), as its first octet is"
                                    + " odd; libvirt refuses it for one of them.",
                            "Start it with 52:54:00, as is usual for VMs, or leave it out."));
        }
    }

    private void memory() {
        vm.document()
                .childText("memory")
                .filter("0"::equals)
                .ifPresent(none -> tell(
                        Code.DEVICE_IMPOSSIBLE,
                        vm.at("memory"),
                        "A VM without memory cannot run.",
                        "Write how much it has, such as 512 MiB."));
    }

    private void readiness() {
        var wanted = ReadinessMetadata.of(vm.document());
        if (wanted.isEmpty() || vm.state() != DesiredState.ACTIVE) {
            return;
        }
        var channels = VmDevices.of(vm.document(), "channel").stream()
                .flatMap(channel -> VmDevices.attribute(channel, "target", "name").stream())
                .toList();
        if (wanted.get().agent() && !channels.contains(QEMU_AGENT) && !channels.contains(OWN_AGENT)) {
            never(
                    "ready/agent",
                    "No agent can answer, as the VM has no channel for one.",
                    "Add channels: [" + QEMU_AGENT + "], and the agent to the guest.");
        }
        if (!wanted.get().command().isEmpty() && !channels.contains(QEMU_AGENT)) {
            never(
                    "ready/command",
                    "The command is run by QEMU's guest agent, and the VM has no channel for it.",
                    "Add channels: [" + QEMU_AGENT + "], and the agent to the guest.");
        }
        var hasNetwork = !VmDevices.of(vm.document(), "interface").isEmpty()
                || !VmDevices.of(vm.document(), "hostdev").isEmpty();
        if ((wanted.get().address() || wanted.get().ssh()) && !hasNetwork) {
            never(
                    wanted.get().address() ? "ready/address" : "ready/ssh",
                    "The VM is in no network, so it never has an address.",
                    "Add networks, or wait for something else.");
        }
    }

    private void never(String field, String detail, String fix) {
        tell(Code.NEVER_READY, vm.at(field), detail, fix);
    }

    private void tell(Code code, SourceLocation place, String detail, String fix) {
        found.add(Diagnostic.error(code, place, detail, fix));
    }
}
