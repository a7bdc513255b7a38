package dev.paddock.vm.playbook;

import dev.paddock.api.image.ImageStore;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.value.Value;
import java.util.Optional;

/** Expands the shorthand of a VM: its image, the disks to create, its addresses, its snapshots. */
public final class VmExpansion extends DomainExpansion {
    private VmExpansion() {}

    public static Expansion of(Value.Mapping spec, ExpansionContext surroundings) {
        // A renamed VM keeps the UUID that follows from its old name.
        var identified =
                spec.text("renamed_from").isPresent() && spec.text("uuid").isEmpty()
                        ? PlaybookValues.with(spec, "uuid", surroundings.uuid())
                        : spec;
        return new VmExpansion().expand(identified, surroundings);
    }

    private Expansion expand(Value.Mapping said, ExpansionContext surroundings) {
        var image = BootImage.of(said, surroundings.declared());
        var spec = imaged(said, image);
        var disks = GeneratedDisks.of(spec, image.flatMap(BootImage::disk), surroundings.declared());
        disks.made().stream().map(GeneratedDisks.Made::derived).forEach(derived::add);
        mistakes.addAll(disks.mistakes());
        spec = seeded(disks.spec(), image);
        PlaybookValues.mappings(spec, "snapshots").stream()
                .map(snapshot -> snapshot(snapshot, said))
                .forEach(derived::add);
        var addresses = Reservations.of(spec, surroundings.uuid());
        contributions.addAll(addresses.contributions());
        spec = addresses.spec().without("snapshots");
        if (derived.stream().anyMatch(VmExpansion::isInImagePool)) {
            derived.addFirst(DerivedResource.imagePool(said.place()));
        }
        return expansion(spec);
    }

    private static boolean isInImagePool(DerivedResource resource) {
        return resource.kind().equals("image")
                || resource.within().filter(ImageStore.POOL::equals).isPresent();
    }

    private static DerivedResource snapshot(Value.Mapping snapshot, Value.Mapping guest) {
        return new DerivedResource(
                "snapshot",
                snapshot.text("name").orElse(""),
                Optional.of(guest.text("name").orElse("")),
                snapshot,
                false);
    }
}
