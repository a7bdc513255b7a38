package dev.paddock.vm;

import dev.paddock.api.image.ImageStore;
import dev.paddock.api.kind.Derived;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.Surroundings;
import dev.paddock.api.value.Value;
import java.util.Optional;

/** What the short words of a guest stand for: its image, the disks that are made for it, its address, its snapshots. */
final class VmExpansion extends DomainExpansion {
    private VmExpansion() {}

    static Expansion of(Value.Mapping spec, Surroundings surroundings) {
        return new VmExpansion().expand(spec, surroundings);
    }

    private Expansion expand(Value.Mapping said, Surroundings surroundings) {
        var image = StartingImage.of(said, surroundings.declared());
        var spec = imaged(said, image);
        var disks = MadeDisks.of(spec, image.flatMap(StartingImage::disk));
        disks.made().stream().map(MadeDisks.Made::derived).forEach(derived::add);
        mistakes.addAll(disks.mistakes());
        spec = seeded(disks.spec());
        Said.mappings(spec, "snapshots").stream()
                .map(snapshot -> snapshot(snapshot, said))
                .forEach(derived::add);
        var addresses = Reservations.of(spec, surroundings.uuid());
        contributions.addAll(addresses.contributions());
        spec = addresses.spec().without("snapshots");
        if (derived.stream().anyMatch(VmExpansion::isInImagePool)) {
            derived.addFirst(Derived.imagePool(said.place()));
        }
        return expansion(spec);
    }

    private static boolean isInImagePool(Derived resource) {
        return resource.kind().equals("image")
                || resource.within().filter(ImageStore.POOL::equals).isPresent();
    }

    private static Derived snapshot(Value.Mapping snapshot, Value.Mapping guest) {
        return new Derived(
                "snapshot",
                snapshot.text("name").orElse(""),
                Optional.of(guest.text("name").orElse("")),
                snapshot,
                false);
    }
}
