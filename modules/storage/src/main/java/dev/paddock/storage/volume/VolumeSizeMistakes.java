package dev.paddock.storage.volume;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.RelatedDocuments;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.storage.ElementReader;
import dev.paddock.storage.StorageSizes;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sizes of volumes that libvirt accepts and that nobody can use. */
final class VolumeSizeMistakes {
    private static final String VOLUME = "volume";

    private VolumeSizeMistakes() {}

    /** libvirt reports the size of the file for an image whose own size is 0, so it would differ forever. */
    static List<Diagnostic> of(Element volume, SourceLocation place) {
        var format = volume.child("target")
                .flatMap(target -> ElementReader.attribute(target, "format", "type"))
                .orElse("raw");
        var isEmpty = capacity(volume).filter(BigInteger.ZERO::equals).isPresent();
        return isEmpty && !format.equals("raw")
                ? List.of(Diagnostic.error(
                        Code.BAD_VALUE,
                        place,
                        "The volume has the format " + format + " and a capacity of 0. No guest can use such a disk,"
                                + " and libvirt reports the size of its header in place of 0.",
                        "Give it a capacity, for example 10 GiB. It can grow later."))
                : List.of();
    }

    /** A disk that is smaller than what backs it shows a guest only the first part of it, and cannot be repaired. */
    static List<Diagnostic> of(
            ResourceId id, Element volume, SourceLocation place, RelatedDocuments others, VolumeKind kind) {
        var capacity = capacity(volume);
        var path = volume.child("backingStore").flatMap(backing -> ElementReader.text(backing, "path"));
        if (capacity.isEmpty() || path.isEmpty() || isThere(id, path.get(), others)) {
            return List.of();
        }
        return backing(path.get(), others, kind)
                .filter(larger -> larger.getValue().compareTo(capacity.get()) > 0)
                .map(larger -> Diagnostic.error(
                        Code.BACKING_LARGER,
                        place,
                        "The " + id + " has a capacity of " + capacity.get() + " bytes, and what backs it, "
                                + larger.getKey() + ", has " + larger.getValue()
                                + ". The guest would see only its beginning, and its partitions and file systems would"
                                + " be cut off.",
                        "Give it " + larger.getValue() + " bytes or more, or no size: then it is as large as what backs"
                                + " it."))
                .stream()
                .toList();
    }

    /** A volume that is there keeps what backs it, whatever is declared since. */
    private static boolean isThere(ResourceId id, String path, RelatedDocuments others) {
        var found = others.observed(VOLUME).get(id);
        return found != null
                && found.child("backingStore")
                        .flatMap(backing -> ElementReader.text(backing, "path"))
                        .filter(other -> !other.equals(path))
                        .isPresent();
    }

    private static Optional<Map.Entry<ResourceId, BigInteger>> backing(
            String path, RelatedDocuments others, VolumeKind kind) {
        var declared = sized(others.declared(VOLUME).entrySet().stream()
                .filter(each -> kind.file(each.getKey(), each.getValue(), others::of)
                        .filter(path::equals)
                        .isPresent()));
        return declared.isPresent()
                ? declared
                : sized(others.observed(VOLUME).entrySet().stream().filter(each -> each.getValue()
                        .child("target")
                        .flatMap(target -> ElementReader.text(target, "path"))
                        .filter(path::equals)
                        .isPresent()));
    }

    private static Optional<Map.Entry<ResourceId, BigInteger>> sized(Stream<Map.Entry<ResourceId, Element>> volumes) {
        return volumes.flatMap(each -> capacity(each.getValue()).map(bytes -> Map.entry(each.getKey(), bytes)).stream())
                .findFirst();
    }

    private static Optional<BigInteger> capacity(Element volume) {
        return volume.child("capacity")
                .flatMap(StorageSizes::bytes)
                .filter(text -> text.matches("[0-9]+"))
                .map(BigInteger::new);
    }
}
