package dev.paddock.core.plan;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.core.resource.DeclaredResource;
import java.util.List;

/** Warns of declared values that libvirt accepts, but does not keep. */
public final class DroppedFieldWarnings {
    private DroppedFieldWarnings() {}

    public static List<Diagnostic> warnings(DeclaredResource resource) {
        if (resource.state() == DesiredState.ABSENT) {
            return List.of();
        }
        return NormalizedKind.of(resource.kind()).dropped(resource.document()).stream()
                .map(path -> Diagnostic.warning(
                        Code.LIBVIRT_DROPS,
                        resource.place(),
                        "libvirt accepts " + path + " of " + resource.id()
                                + ", and does not keep it. It is not in force, and not part of the plan.",
                        "Take it out of the declaration."))
                .toList();
    }
}
