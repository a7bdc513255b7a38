package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A resource that follows from another resource, such as the disk for a VM's image.
 *
 * @param kind the singular name of its kind
 * @param within its container, for kinds whose objects are inside others
 * @param spec its spec as if declared in a playbook, in the form that the schema check returns
 * @param shared whether others use it too: it is created if missing, and not deleted along with the resource that asked
 *     for it
 */
public record DerivedResource(String kind, String name, Optional<String> within, Value.Mapping spec, boolean shared) {
    /**
     * Return the pool in which a host keeps images and the disks made from them.
     *
     * @param place where an image is declared
     */
    public static DerivedResource imagePool(SourceLocation place) {
        var target = Map.of("path", entry(place, ImageStore.FOLDER));
        var spec = new Value.Mapping(
                place,
                Map.of(
                        "type",
                        entry(place, "dir"),
                        "target",
                        new Value.Entry(place, new Value.Mapping(place, target))));
        return new DerivedResource("storage", ImageStore.POOL, Optional.empty(), spec, true);
    }

    private static Value.Entry entry(SourceLocation place, String text) {
        return new Value.Entry(place, Value.Scalar.of(place, text));
    }
}
