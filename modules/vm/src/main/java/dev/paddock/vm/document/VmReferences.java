package dev.paddock.vm.document;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;

/** The references of a VM: the networks and filters of its interfaces, and the storage pools of its disks. */
public final class VmReferences {
    private VmReferences() {}

    public static List<ResourceReference> of(Element guest) {
        List<ResourceReference> references = new ArrayList<>();
        for (var devices : guest.children("devices")) {
            var interfaces = devices.children("interface");
            for (var i = 0; i < interfaces.size(); i++) {
                var path = "devices/interface[" + (i + 1) + "]";
                var field = "networks/" + i;
                var each = interfaces.get(i);
                if (each.attribute("type").filter("network"::equals).isPresent()) {
                    each.child("source")
                            .flatMap(source -> source.attribute("network"))
                            .ifPresent(name -> references.add(
                                    new ResourceReference(new ResourceId("network", name), path + "/source/@network")
                                            .in(field + "/name")));
                }
                each.child("filterref")
                        .flatMap(filter -> filter.attribute("filter"))
                        .ifPresent(name -> references.add(
                                new ResourceReference(new ResourceId("nwfilter", name), path + "/filterref/@filter")
                                        .in(field + "/filter/name")));
            }
            var disks = devices.children("disk");
            for (var i = 0; i < disks.size(); i++) {
                var path = "devices/disk[" + (i + 1) + "]/source/@pool";
                var field = "disks/" + i;
                var source = disks.get(i).child("source");
                var pool = source.flatMap(found -> found.attribute("pool"));
                pool.ifPresent(name -> references.add(
                        new ResourceReference(new ResourceId("storage", name), path).in(field + "/pool")));
                source.flatMap(found -> found.attribute("volume"))
                        .ifPresent(volume -> references.add(new ResourceReference(
                                        new ResourceId("volume", pool.orElse("") + "/" + volume), path, false)
                                .in(field + "/volume")));
            }
        }
        return references;
    }

    /** Return whether a VM has an interface with this MAC address in a network. */
    public static boolean isPlugged(Element guest, ResourceId network, String mac) {
        return network.kind().equals("network")
                && VmDevices.of(guest, "interface").stream()
                        .anyMatch(nic -> VmDevices.attribute(nic, "source", "network")
                                        .filter(network.name()::equals)
                                        .isPresent()
                                && VmDevices.attribute(nic, "mac", "address")
                                        .filter(mac::equalsIgnoreCase)
                                        .isPresent());
    }

    /** Return the files that QEMU opens when it starts. */
    public static List<String> files(Element guest) {
        List<String> files = new ArrayList<>();
        for (var os : guest.children("os")) {
            for (var name : List.of("kernel", "initrd")) {
                os.childText(name).ifPresent(files::add);
            }
        }
        VmDevices.of(guest, "disk")
                .forEach(disk -> VmDevices.attribute(disk, "source", "file").ifPresent(files::add));
        return files;
    }
}
