package dev.paddock.vm.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what two VMs of one host cannot both have while they run. */
public final class VmConflicts {
    private final Map<List<String>, LocatedResource> owners = new HashMap<>();
    private final List<Diagnostic> found = new ArrayList<>();

    private VmConflicts() {}

    public static List<Diagnostic> of(List<LocatedResource> vms) {
        var conflicts = new VmConflicts();
        for (var vm : vms) {
            conflicts.macs(vm);
            conflicts.displays(vm);
            conflicts.files(vm);
        }
        return conflicts.found;
    }

    /** A switch sends to one of two interfaces of a MAC address. */
    private void macs(LocatedResource vm) {
        var interfaces = VmDevices.of(vm.document(), "interface");
        for (var i = 0; i < interfaces.size(); i++) {
            var link = interfaces.get(i);
            var place = vm.at("networks/" + i + "/mac");
            var network = link.child("source")
                    .flatMap(source -> source.attribute("network").or(() -> source.attribute("bridge")))
                    .orElse("");
            VmDevices.attribute(link, "mac", "address")
                    .map(Normalizers.MAC_ADDRESS::apply)
                    .flatMap(mac -> other(List.of("mac", network, mac), vm)
                            .map(other -> diagnostic(
                                    vm,
                                    other,
                                    place,
                                    "The MAC address '" + mac + "'",
                                    "and only one of the two gets what is sent to it",
                                    "Leave mac out of one of the two: then it is derived.")))
                    .ifPresent(found::add);
        }
    }

    private void displays(LocatedResource vm) {
        for (var display : VmDevices.of(vm.document(), "graphics")) {
            var listen = display.child("listen")
                    .flatMap(address -> address.attribute("address"))
                    .or(() -> display.attribute("listen"))
                    .orElse("127.0.0.1");
            VmChecks.port(display)
                    .filter(port -> port > 0 && isFixed(display))
                    .flatMap(port -> other(List.of("port", listen, Integer.toString(port)), vm)
                            .map(other -> diagnostic(
                                    vm,
                                    other,
                                    vm.at("graphics/port"),
                                    "The port " + port + " of the display",
                                    "and QEMU starts only one of two that listen there",
                                    "Leave the port out of one of the two: then a free one is taken.")))
                    .ifPresent(found::add);
        }
    }

    private static boolean isFixed(Element display) {
        return display.attribute("autoport").filter("yes"::equals).isEmpty();
    }

    /** QEMU locks the files that it writes to. VMs that do not run together may share them. */
    private void files(LocatedResource vm) {
        if (!vm.runs()) {
            return;
        }
        var disks = VmDevices.of(vm.document(), "disk");
        for (var i = 0; i < disks.size(); i++) {
            var place = vm.at("disks/" + i + "/file");
            VmChecks.writableFile(disks.get(i))
                    .flatMap(file -> other(List.of("file", file), vm)
                            .map(other -> diagnostic(
                                    vm,
                                    other,
                                    place,
                                    "The file '" + file + "'",
                                    "and QEMU lets only one of two VMs write to it",
                                    "Give each its own disk, or make it readonly in both.")))
                    .ifPresent(found::add);
        }
    }

    /** Return another VM that has the same. */
    private Optional<LocatedResource> other(List<String> what, LocatedResource vm) {
        return Optional.ofNullable(owners.putIfAbsent(what, vm))
                .filter(earlier ->
                        !earlier.id().equals(vm.id()) || what.getFirst().equals("mac"));
    }

    private static Diagnostic diagnostic(
            LocatedResource vm, LocatedResource other, SourceLocation place, String what, String why, String fix) {
        return new Diagnostic(
                Code.GIVEN_TWICE,
                vm.runs() && other.runs() && !vm.id().equals(other.id()) ? Severity.ERROR : Severity.WARNING,
                Optional.of(place),
                what + " is that of " + other.id() + " at " + other.place() + " as well, " + why + ".",
                Optional.of(fix));
    }
}
