package dev.paddock.cli.resource;

import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.Recipe;
import dev.paddock.api.step.Action;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.host.packages.Purpose;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What images take to be made on this computer. */
public final class Making {
    private Making() {}

    /** Return what the images of plans need packages for. */
    static Set<Purpose> purposes(List<HostPlan> plans) {
        Set<Purpose> purposes = new TreeSet<>();
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

    public static Set<Purpose> purposes(ImageSpec image) {
        return switch (image.source()) {
            case ImageSource.Build build ->
                switch (Recipe.of(build.recipe()).orElseThrow()) {
                    case TINY -> Set.of(Purpose.GUEST_AGENT);
                    case DEBIAN -> Set.of(Purpose.GUEST_AGENT, Purpose.DEBIAN);
                };
            case ImageSource.Seed seed -> Set.of(Purpose.SEED);
            case ImageSource.Local local -> Set.of();
            case ImageSource.Download download -> Set.of();
        };
    }
}
