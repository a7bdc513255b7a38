package dev.paddock.core.plan;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.resource.State;
import dev.paddock.core.bind.Declared;
import java.util.List;

/** Tells what libvirt will accept and not keep. */
public final class Dropped {
    private Dropped() {}

    public static List<Diagnostic> warnings(Declared resource) {
        if (resource.state() == State.ABSENT) {
            return List.of();
        }
        return resource.kind().dropped(resource.document()).stream()
                .map(path -> Diagnostic.warning(
                        Code.LIBVIRT_DROPS,
                        resource.place(),
                        "libvirt accepts " + path + " of " + resource.id()
                                + ", and does not keep it. It is not in force, and not part of the plan.",
                        "Take it out of the declaration."))
                .toList();
    }
}
