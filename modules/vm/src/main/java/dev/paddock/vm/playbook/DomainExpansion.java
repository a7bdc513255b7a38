package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.Code;
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
    private static final String QEMU_AGENT = "org.qemu.guest_agent.0";

    public final List<DerivedResource> derived = new ArrayList<>();
    public final List<Contribution> contributions = new ArrayList<>();
    public final List<Diagnostic> mistakes = new ArrayList<>();

    /** Add what the image needs, and return the fields with the image in its place. */
    public final Value.Mapping imaged(Value.Mapping spec, Optional<BootImage> image) {
        mistakes.addAll(SpecChecks.of(spec, image.flatMap(BootImage::spec)));
        image.ifPresent(found -> {
            mistakes.addAll(found.mistakes());
            derived.addAll(found.derived());
        });
        return image.map(found -> found.on(spec)).orElse(spec);
    }

    /** Add the disc for the first boot, and return the fields with the disc among the disks. */
    public final Value.Mapping seeded(Value.Mapping spec, Optional<BootImage> image) {
        checkReady(spec);
        mistakes.addAll(CloudInitMistakes.of(spec, image.flatMap(BootImage::spec)));
        var seed = CloudInit.of(spec);
        seed.ifPresent(disc -> derived.add(disc.derived()));
        return seed.map(disc -> disc.on(awaited(spec))).orElse(spec);
    }

    /** A guest is ready once its first boot is done, if QEMU's agent can tell; and not before the agents answer. */
    private Value.Mapping awaited(Value.Mapping spec) {
        var ready = PlaybookValues.mapping(spec, "ready");
        var hasAgent = PlaybookValues.mappings(spec, "channels").stream()
                .anyMatch(channel ->
                        channel.text("name").filter(QEMU_AGENT::equals).isPresent());
        if (!hasAgent || ready.flatMap(said -> said.text("cloud_init")).isPresent()) {
            return spec;
        }
        var wanted = ready.orElse(PlaybookValues.mapping(spec.place(), "agent", "yes"));
        return spec.with("ready", PlaybookValues.with(wanted, "cloud_init", "yes"));
    }

    private void checkReady(Value.Mapping spec) {
        PlaybookValues.mapping(spec, "ready")
                .filter(ready -> ready.text("cloud_init").filter("yes"::equals).isPresent())
                .filter(ready -> PlaybookValues.mappings(spec, "channels").stream()
                        .noneMatch(channel ->
                                channel.text("name").filter(QEMU_AGENT::equals).isPresent()))
                .ifPresent(ready -> mistakes.add(Diagnostic.error(
                        Code.MISSING_KEY,
                        ready.place(),
                        "QEMU's agent in the guest tells whether cloud-init has finished, and the guest has no channel for"
                                + " it.",
                        "Add 'channels: [" + QEMU_AGENT + "]'; the image needs qemu-guest-agent.")));
    }

    /** Return the whole expansion. The fields no longer contain the shorthand. */
    public final Expansion expansion(Value.Mapping spec) {
        return new Expansion(
                spec.without("image").without("cloud_init").without("renamed_from"), derived, contributions, mistakes);
    }
}
