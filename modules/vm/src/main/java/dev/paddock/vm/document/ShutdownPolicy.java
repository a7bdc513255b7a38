package dev.paddock.vm.document;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How a VM is shut down, stored in its metadata so that it outlives the declaration.
 *
 * @param force whether to cut the power if the guest does not shut down in time
 */
public record ShutdownPolicy(Duration patience, boolean force) {
    public static final String SPACE = "https://paddock.dev/xmlns/vm/1";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static ShutdownPolicy of(Element guest) {
        return Metadata.of(guest, SPACE, "shutdown")
                .map(ShutdownPolicy::read)
                .orElse(new ShutdownPolicy(PATIENCE, false));
    }

    /** Return the document of a VM with the policy that another document declares, if it does. */
    public static Element on(Element guest, Element declared) {
        return Metadata.of(declared, SPACE, "shutdown")
                .map(policy -> {
                    var metadata = guest.child("metadata").orElse(Element.of("metadata"));
                    var others = metadata.children().stream()
                            .filter(child -> !child.name().space().equals(SPACE));
                    return guest.withChild(metadata.withChildren(
                            Stream.concat(others, Stream.of(policy)).toList()));
                })
                .orElse(guest);
    }

    private static ShutdownPolicy read(Element element) {
        return new ShutdownPolicy(
                element.attribute("timeout")
                        .filter(text -> text.matches("[0-9]{1,3}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                        .orElse(PATIENCE),
                element.attribute("force").filter("yes"::equals).isPresent());
    }

    public Action of(ResourceId guest) {
        return new Action.Shutdown(guest, patience, force);
    }
}
