package dev.paddock.cli.resource;

import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.step.Action;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.host.packages.PackagePurpose;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The packages that building images on this machine needs. */
public final class ImagePackages {
    private ImagePackages() {}

    /** Return the purposes of the packages that the images of plans need. */
    static Set<PackagePurpose> purposes(List<HostPlan> plans) {
        Set<PackagePurpose> purposes = new TreeSet<>();
        plans.stream()
                .flatMap(plan -> plan.work().stream())
                .flatMap(step -> step.actions().stream())
                .forEach(action -> {
                    if (action instanceof Action.Provide provide) {
                        purposes.addAll(purposes(provide.image()));
                    }
                });
        return purposes;
    }

    public static Set<PackagePurpose> purposes(ImageSpec image) {
        return switch (image.source()) {
            case ImageSource.Build build ->
                switch (ImageRecipe.of(build.recipe()).orElseThrow()) {
                    case TINY -> Set.of(PackagePurpose.GUEST_AGENT);
                    case DEBIAN -> Set.of(PackagePurpose.GUEST_AGENT, PackagePurpose.DEBIAN);
                };
            case ImageSource.Seed seed -> Set.of(PackagePurpose.SEED);
            case ImageSource.Local local -> Set.of();
            case ImageSource.Download download -> Set.of();
        };
    }
}
