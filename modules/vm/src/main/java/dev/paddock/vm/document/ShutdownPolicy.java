package dev.paddock.vm.document;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import java.time.Duration;

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
