package dev.paddock.storage.volume;

import dev.paddock.api.xml.Element;
import dev.paddock.storage.ElementReader;
import dev.paddock.storage.StorageSizes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the document of a volume into the form in which volumes are compared: without values that apply only to its
 * creation, or that change by themselves.
 *
 * <p>The allocation grows as a VM writes, and permissions change when a VM starts, so neither is compared. The setting
 * of copy-on-write and the secret of an encryption are not compared either, as libvirt does not report them. The path
 * of a volume depends on its pool.
 */
final class NormalizedVolume {
    /** libvirt gives sizes to qemu-img in KiB (storageBackendCreateQemuImgSetOptions in src/storage/storage_util.c). */
    private static final BigInteger QEMU_UNIT = BigInteger.valueOf(1024);

    private static final String RAW = "raw";

    private NormalizedVolume() {}

    static Element of(Element volume) {
        var target = volume.child("target").orElse(Element.of("target"));
        List<Element> children = new ArrayList<>();
        ElementReader.text(volume, "name")
                .ifPresent(name -> children.add(Element.of("name").withText(name)));
        volume.child("capacity")
                .flatMap(capacity -> capacity(capacity, target))
                .ifPresent(bytes -> children.add(Element.of("capacity").withText(bytes)));
        ElementReader.unlessEmpty(target(target)).ifPresent(children::add);
        volume.child("backingStore").flatMap(NormalizedVolume::backing).ifPresent(children::add);
        return new Element(volume.name(), Map.of(), children, "");
    }

    private static Optional<String> capacity(Element capacity, Element target) {
        var format = ElementReader.attribute(target, "format", "type").orElse(RAW);
        return StorageSizes.bytes(capacity)
                .map(bytes -> format.equals(RAW) ? bytes : roundedUp(new BigInteger(bytes)))
                .or(() -> Optional.of(capacity.text()).filter(text -> !text.isEmpty()));
    }

    private static String roundedUp(BigInteger bytes) {
        return bytes.add(QEMU_UNIT)
                .subtract(BigInteger.ONE)
                .divide(QEMU_UNIT)
                .multiply(QEMU_UNIT)
                .toString();
    }

    private static Element target(Element target) {
        List<Element> children = new ArrayList<>();
        target.child("format").map(format -> ElementReader.only(format, "type")).ifPresent(children::add);
        target.child("encryption")
                .map(encryption -> ElementReader.only(encryption, "format", "engine"))
                .ifPresent(children::add);
        var features = target.child("features").flatMap(ElementReader::unlessEmpty);
        ElementReader.text(target, "compat")
                .or(() -> target.child("features").map(given -> "1.1"))
                .ifPresent(compat -> children.add(Element.of("compat").withText(compat)));
        target.child("clusterSize")
                .flatMap(StorageSizes::bytes)
                .ifPresent(bytes -> children.add(Element.of("clusterSize").withText(bytes)));
        features.ifPresent(children::add);
        return Element.of("target").withChildren(children);
    }

    private static Optional<Element> backing(Element backing) {
        return ElementReader.text(backing, "path").map(path -> Element.of("backingStore")
                .plus(Element.of("path").withText(path))
                .plus(Element.of("format")
                        .withAttribute(
                                "type",
                                ElementReader.attribute(backing, "format", "type")
                                        .orElse(RAW))));
    }
}
