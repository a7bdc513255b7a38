package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The program that libvirt chooses to run a VM. */
public final class ImpliedEmulator {
    private static final String EMULATOR = "emulator";

    /** Where QEMU is on most hosts: of these, the host need not be asked. */
    private static final String USUAL = "/usr/bin/qemu-system-";

    private ImpliedEmulator() {}

    /** Return a declared document with the observed emulator, if it declares none and libvirt would choose that one. */
    public static Element in(Element declared, Element observed, Supplier<Map<String, Set<String>>> emulators) {
        var found = observed.child("devices").flatMap(devices -> devices.child(EMULATOR));
        var devices = declared.child("devices").orElse(Element.of("devices"));
        if (found.isEmpty() || devices.child(EMULATOR).isPresent()) {
            return declared;
        }
        var arch = observed.child("os")
                .flatMap(os -> os.child("type"))
                .flatMap(type -> type.attribute("arch"))
                .orElse("");
        var path = found.get().text().strip();
        var isOfHost = path.equals(USUAL + arch)
                || emulators.get().getOrDefault(arch, Set.of()).contains(path);
        return isOfHost ? declared.withChild(devices.plus(found.get())) : declared;
    }
}
