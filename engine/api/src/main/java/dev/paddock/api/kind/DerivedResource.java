package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A resource that another one's words stand for: the disk that a guest's image asks for.
 *
 * @param kind the singular name of its kind
 * @param within the object that it is in, where its kind's are within others
 * @param spec what a playbook would say of it, in the form that the schema check gives it
 * @param shared whether others use it as well: it is made where it is missing, and never goes with who asked for it
 */
public record DerivedResource(String kind, String name, Optional<String> within, Value.Mapping spec, boolean shared) {
    /**
     * Return the pool in which a host keeps images, and the disks that are made of them.
     *
     * @param place where an image is asked for
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
