package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * The files that libvirt chooses for a VM's firmware, and the firmware description that it finds for declared files.
 * Newer versions choose when a VM is defined, and write the choice down; older versions choose when the VM starts. See
 * qemuFirmwareFillDomain in libvirt's src/qemu/qemu_firmware.c.
 */
final class ImpliedFirmware {
    private static final String FIRMWARE = "firmware";
    private static final String LOADER = "loader";
    private static final String NVRAM = "nvram";

    private ImpliedFirmware() {}

    static Element in(Element declared, Element observed) {
        var own = declared.child("os");
        var other = observed.child("os");
        if (own.isEmpty() || other.isEmpty() || other.get().attribute(FIRMWARE).isEmpty()) {
            return declared;
        }
        var isNamed = own.get().child(LOADER).filter(ImpliedFirmware::isFile).isPresent();
        if (isNamed && own.get().attribute(FIRMWARE).isEmpty()) {
            var isSame = text(own.get()).equals(text(other.get()));
            var form = declared.withChild(described(own.get(), other.get(), isSame));
            return isSame ? smm(form, other.get()) : form;
        }
        return isNamed || !isOf(own.get(), other.get())
                ? declared
                : smm(declared.withChild(chosen(own.get(), other.get())), other.get());
    }

    /** Return whether the observed files were chosen for this declaration. */
    private static boolean isOf(Element declared, Element observed) {
        var kept = features(observed);
        return declared.attribute(FIRMWARE).equals(observed.attribute(FIRMWARE))
                && features(declared).stream().allMatch(feature -> kept.stream()
                        .filter(other -> other.attribute("name").equals(feature.attribute("name")))
                        .allMatch(other -> other.attribute("enabled").equals(feature.attribute("enabled"))))
                && declared.child(LOADER).stream()
                        .flatMap(loader -> loader.attributes().keySet().stream().filter(name -> observed.child(LOADER)
                                .flatMap(other -> other.attribute(name.local()))
                                .filter(value -> !loader.attribute(name.local()).equals(Optional.of(value)))
                                .isPresent()))
                        .findAny()
                        .isEmpty();
    }

    private static List<Element> features(Element os) {
        return os.children(FIRMWARE).stream()
                .flatMap(firmware -> firmware.children("feature").stream())
                .toList();
    }

    private static boolean isFile(Element loader) {
        return !loader.text().isBlank();
    }

    private static Element chosen(Element declared, Element observed) {
        var form = declared;
        for (var loader : observed.children(LOADER)) {
            form = form.withChild(over(declared.child(LOADER), loader));
            form = isFile(loader) ? features(form, observed) : form;
        }
        for (var nvram : observed.children(NVRAM)) {
            form = form.withChild(over(declared.child(NVRAM), nvram));
        }
        return form;
    }

    /** With the files, libvirt writes down what they can do. */
    private static Element features(Element declared, Element observed) {
        var own = features(declared);
        var firmware = declared.child(FIRMWARE).orElse(Element.of(FIRMWARE));
        for (var feature : features(observed)) {
            if (own.stream().noneMatch(other -> other.attribute("name").equals(feature.attribute("name")))) {
                firmware = firmware.plus(feature);
            }
        }
        return firmware.children().isEmpty() ? declared : declared.withChild(firmware);
    }

    private static Optional<String> text(Element os) {
        return os.childText(LOADER).map(String::strip);
    }

    private static Element described(Element declared, Element observed, boolean isSame) {
        var form = features(
                declared.withAttribute(FIRMWARE, observed.attribute(FIRMWARE).orElseThrow()), observed);
        for (var loader : isSame ? observed.children(LOADER) : List.<Element>of()) {
            form = form.withChild(over(declared.child(LOADER), loader));
        }
        for (var nvram : observed.children(NVRAM)) {
            form = form.withChild(over(declared.child(NVRAM), nvram));
        }
        return form;
    }

    /** Return the observed values, overridden by the declared ones. */
    private static Element over(Optional<Element> declared, Element observed) {
        var form = observed;
        for (var own : declared.stream().toList()) {
            for (var name : own.attributes().keySet()) {
                form = form.withAttribute(
                        name.local(), own.attribute(name.local()).orElseThrow());
            }
            form = own.children().isEmpty() ? form : form.withChildren(own.children());
            form = own.text().isBlank() ? form : form.withText(own.text());
        }
        return form;
    }

    /** Firmware that protects its variables needs System Management Mode. */
    private static Element smm(Element declared, Element observed) {
        var isGuarded = observed.child(LOADER)
                .flatMap(loader -> loader.attribute("secure"))
                .filter("yes"::equals)
                .isPresent();
        var features = declared.child("features").orElse(Element.of("features"));
        return isGuarded && features.child("smm").isEmpty()
                ? declared.withChild(features.plus(Element.of("smm").withAttribute("state", "on")))
                : declared;
    }
}
