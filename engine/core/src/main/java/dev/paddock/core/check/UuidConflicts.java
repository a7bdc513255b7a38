package dev.paddock.core.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.core.source.DiagnosticSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds UUIDs that two objects of one host are declared to have. libvirt takes such objects for the same. */
public final class UuidConflicts {
    private final DiagnosticSink diagnostics;

    public UuidConflicts(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Check the resources of one host. */
    public void check(Map<Kind, List<LocatedResource>> kinds) {
        Map<List<String>, LocatedResource> owners = new HashMap<>();
        kinds.forEach((kind, group) ->
                group.forEach(resource -> kind.uuid(resource.document()).ifPresent(uuid -> {
                    var key = List.of(kind.root(), Normalizers.UUID.apply(uuid));
                    var earlier = owners.putIfAbsent(key, resource);
                    if (earlier != null) {
                        diagnostics.error(
                                Code.GIVEN_TWICE,
                                resource.at("uuid"),
                                "The UUID " + uuid + " is that of " + earlier.id() + " at " + earlier.place()
                                        + " as well, and libvirt knows an object by its UUID.",
                                "Leave uuid out of one of the two: then it is derived from the name.");
                    }
                })));
    }
}
