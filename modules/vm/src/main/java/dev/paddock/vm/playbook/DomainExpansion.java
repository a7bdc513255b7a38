package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.Contribution;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the shorthand of VMs and of VM pools stands for. */
public abstract class DomainExpansion {
    public final List<DerivedResource> derived = new ArrayList<>();
    public final List<Contribution> contributions = new ArrayList<>();
    public final List<Diagnostic> mistakes = new ArrayList<>();

    /** Add what the image needs, and return the fields with the image in its place. */
    public final Value.Mapping imaged(Value.Mapping spec, Optional<BootImage> image) {
        image.ifPresent(found -> {
            mistakes.addAll(found.mistakes());
            derived.addAll(found.derived());
        });
        return image.map(found -> found.on(spec)).orElse(spec);
    }

    /** Add the disc for the first boot, and return the fields with the disc among the disks. */
    public final Value.Mapping seeded(Value.Mapping spec, Optional<BootImage> image) {
        mistakes.addAll(CloudInitMistakes.of(spec, image.flatMap(BootImage::spec)));
        var seed = CloudInit.of(spec);
        seed.ifPresent(disc -> derived.add(disc.derived()));
        return seed.map(disc -> disc.on(spec)).orElse(spec);
    }

    /** Return the whole expansion. The fields no longer contain the shorthand. */
    public final Expansion expansion(Value.Mapping spec) {
        return new Expansion(spec.without("image").without("cloud_init"), derived, contributions, mistakes);
    }
}
