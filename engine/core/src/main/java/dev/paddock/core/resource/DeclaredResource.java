package dev.paddock.core.resource;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * One resource on one host, bound.
 *
 * @param place where it is declared
 * @param document only what is declared; it has the name, and a UUID only if the user declared one
 * @param autostart absent if not declared
 * @param protect whether it must not be removed or replaced
 * @param validate whether its document has to satisfy libvirt's schema
 * @param onChange the highest cost that a change may have
 * @param tags its own and those of its play, sorted
 * @param uuid the UUID that the user declared
 * @param origin who declares it
 * @param spec its fields, with their locations; absent for a whole document
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
        Optional<Value.Mapping> spec) {
    /** The project of plays that name none. */
    public static final String DEFAULT_PROJECT = "default";

    /** Who declares a resource. */
    public enum Origin {
        /** A playbook, explicitly. */
        WRITTEN,
        /** Another resource, which it is created and removed with. */
        DERIVED,
        /** Several other resources share it: it is created if missing, and never removed. */
        SHARED
    }

    public DeclaredResource {
        tags = List.copyOf(tags);
    }

    public DeclaredResource on(InventoryHost newHost) {
        return new DeclaredResource(
                kind, id, newHost, project, place, document, state, autostart, protect, validate, onChange, tags, uuid,
                origin, spec);
    }

    /** Return the resource as kinds see it. */
    public LocatedResource located() {
        return new LocatedResource(id, document, state, place, spec);
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
                spec);
    }
}
