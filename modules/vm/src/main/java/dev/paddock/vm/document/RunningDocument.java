package dev.paddock.vm.document;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A document that was taken from a running VM says what libvirt determined for that run, as if somebody wanted it. */
public final class RunningDocument {
    /** What a network hands down to the interfaces on it. */
    private static final List<String> HANDED_DOWN = List.of("bandwidth", "vlan", "virtualport", "port", "mtu");

    private RunningDocument() {}

    /** Return a warning if the document is of a running VM, and says what would be another value at the next start. */
    public static List<Diagnostic> warnings(Element document, SourceLocation place) {
        var parts = parts(document);
        if (document.attribute("id").isEmpty() || parts.isEmpty()) {
            return List.of();
        }
        var name = document.childText("name").orElse("");
        return List.of(Diagnostic.warning(
                Code.RUNNING_DOCUMENT,
                place,
                "The document of vm/" + name
                        + " was taken while the VM was running. It declares what libvirt determined for"
                        + " that run alone: " + String.join(", ", parts) + ".",
                "Take the definition instead, which virsh dumpxml --inactive " + name
                        + " shows, or take these parts out of the document."));
    }

    private static Set<String> parts(Element document) {
        Set<String> parts = new TreeSet<>();
        document.child("cpu")
                .filter(cpu -> cpu.attribute("check").filter("full"::equals).isPresent())
                .ifPresent(cpu -> parts.add("cpu"));
        document.child("resource").ifPresent(resource -> parts.add("resource"));
        document.child("vcpus").ifPresent(vcpus -> parts.add("vcpus"));
        for (var device : VmDevices.of(document, "interface")) {
            if (VmDevices.attribute(device, "source", "portid").isPresent()) {
                HANDED_DOWN.stream()
                        .filter(name -> device.child(name).isPresent())
                        .forEach(name -> parts.add("devices/interface/" + name));
            }
        }
        return parts;
    }
}
