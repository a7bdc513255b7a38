package dev.paddock.core.resource;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One resource, bound, on one host.
 *
 * @param place where it stands in a playbook
 * @param document what was declared and no more; it has the name, and a UUID only where the user gave one
 * @param autostart absent when nothing is asked
 * @param protect whether it must not be removed or replaced
 * @param validate whether its document has to satisfy libvirt's schema
 * @param onChange what a change may cost
 * @param tags its own and those of its play, sorted
 * @param uuid the one that the user declared
 * @param origin who asked for it
 * @param parts where the items of its lists stand, by key; none of a document that is given as a whole
 */
public record DeclaredResource(
        Kind kind,
        ResourceId id,
        InventoryHost host,
        String project,
        SourceLocation place,
        Element document,
        DesiredState state,
        Optional<Boolean> autostart,
        boolean protect,
        boolean validate,
        ChangePolicy onChange,
        List<String> tags,
        Optional<String> uuid,
        Origin origin,
        Map<String, List<SourceLocation>> parts) {
    /** Who asked for a resource. */
    public enum Origin {
        /** A playbook, in so many words. */
        WRITTEN,
        /** Another resource, which it goes with. */
        DERIVED,
        /** Other resources, which share it: it is made where it is missing, and stays. */
        SHARED
    }

    public DeclaredResource {
        tags = List.copyOf(tags);
        parts = Map.copyOf(parts);
    }

    public DeclaredResource on(InventoryHost newHost) {
        return new DeclaredResource(
                kind, id, newHost, project, place, document, state, autostart, protect, validate, onChange, tags, uuid,
                origin, parts);
    }

    /** Return the resource with another document. */
    public DeclaredResource with(Element newDocument) {
        return new DeclaredResource(
                kind,
                id,
                host,
                project,
                place,
                newDocument,
                state,
                autostart,
                protect,
                validate,
                onChange,
                tags,
                uuid,
                origin,
                parts);
    }
}
