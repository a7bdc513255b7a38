package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The CPU that libvirt writes down where none is declared, or no model: that of the machine. See qemuDomainDefCPUPostParse
 * in libvirt's src/qemu/qemu_postparse.c (src/qemu/qemu_domain.c in older versions).
 */
final class ImpliedCpu {
    private static final String MODEL = "model";

    /** What libvirt writes of each mode that is declared, beside what is declared. */
    private static final Map<String, Map<String, Set<String>>> OF_MODE = Map.of(
            "custom", Map.of("match", Set.of("exact"), "check", Set.of("partial", "none")),
            "host-model", Map.of("check", Set.of("partial")),
            "host-passthrough", Map.of("check", Set.of("none"), "migratable", Set.of("on")),
            "maximum", Map.of("check", Set.of("none"), "migratable", Set.of("on")));

    private static final Set<String> PCS = Set.of("i686", "x86_64");
    private static final Set<String> OF_PCS = Set.of("qemu32", "qemu64");

    private ImpliedCpu() {}

    static Element in(Element declared, Element observed) {
        var other = observed.child("cpu");
        if (other.isEmpty()) {
            return declared;
        }
        var own = declared.child("cpu").orElse(Element.of("cpu"));
        var form = own;
        var mode = own.attribute("mode").orElse("custom");
        if (own.attribute("mode").isEmpty()) {
            form = added(form, other.get(), "mode", Set.of("custom"));
        }
        for (var each : OF_MODE.getOrDefault(mode, Map.of()).entrySet()) {
            form = added(form, other.get(), each.getKey(), each.getValue());
        }
        var model = other.get().child(MODEL);
        if (mode.equals("custom") && model.isPresent()) {
            form = own.child(MODEL)
                    .filter(named -> !named.text().isBlank())
                    .map(Optional::of)
                    .orElse(model.filter(found -> isOfMachine(found, observed)))
                    .map(found -> added(found, model.get(), "fallback", Set.of("allow", "forbid")))
                    .map(form::withChild)
                    .orElse(form);
        }
        // Without a model there is nothing to match or to check.
        if (mode.equals("custom")
                && own.childText(MODEL).filter(text -> !text.isEmpty()).isEmpty()) {
            form = form.child(MODEL).isPresent()
                    ? form.withAttribute("match", "exact").withAttribute("check", "none")
                    : form;
        }
        return form.attributes().isEmpty() && form.children().isEmpty() ? declared : declared.withChild(form);
    }

    /** libvirt forbids a replacement of what it chose itself, and has nothing checked. */
    private static boolean isOfMachine(Element model, Element observed) {
        var cpu = observed.child("cpu").orElseThrow();
        var isOfPc = VmDevices.attribute(observed.child("os").orElse(Element.of("os")), "type", "arch")
                .filter(PCS::contains)
                .isPresent();
        return (!isOfPc || OF_PCS.contains(model.text().strip()))
                && model.attribute("fallback").filter("forbid"::equals).isPresent()
                && model.attributes().size() == 1
                && cpu.attribute("check").filter("none"::equals).isPresent();
    }

    private static Element added(Element form, Element observed, String name, Set<String> values) {
        return form.attribute(name).isPresent()
                ? form
                : observed.attribute(name)
                        .filter(values::contains)
                        .map(value -> form.withAttribute(name, value))
                        .orElse(form);
    }
}
