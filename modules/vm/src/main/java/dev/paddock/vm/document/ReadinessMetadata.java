package dev.paddock.vm.document;

import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Readiness;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The conditions under which a VM counts as ready, stored in its metadata so that commands can wait without its
 * playbook.
 */
public final class ReadinessMetadata {
    public static final String SPACE = "https://paddock.dev/xmlns/vm/ready/1";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private ReadinessMetadata() {}

    public static Optional<Readiness> of(Element guest) {
        return Metadata.of(guest, SPACE, "ready").map(ReadinessMetadata::read).filter(ready -> !ready.parts()
                .isEmpty());
    }

    private static Readiness read(Element element) {
        return new Readiness(
                isSaid(element, "agent"),
                isSaid(element, "address"),
                isSaid(element, "ssh"),
                element.children().stream()
                        .filter(child -> child.name().local().equals("argument"))
                        .map(Element::text)
                        .toList(),
                isSaid(element, "cloud_init"),
                element.attribute("timeout")
                        .filter(text -> text.matches("[0-9]{1,4}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                        .orElse(PATIENCE));
    }

    private static boolean isSaid(Element element, String what) {
        return element.attribute(what).filter("yes"::equals).isPresent();
    }

    /** Return the step that waits until the VM is ready, if it is declared to run. */
    public static List<Action> steps(ResourceId guest, Element document, DesiredState state) {
        return switch (state) {
            case ACTIVE ->
                of(document)
                        .map(wanted -> List.<Action>of(new Action.AwaitReady(guest, wanted)))
                        .orElse(List.of());
            case PAUSED, INACTIVE, ABSENT -> List.of();
        };
    }
}
