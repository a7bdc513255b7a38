package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of resource (in Ansible's terms, a module). Found by {@link java.util.ServiceLoader}.
 *
 * <p>A kind decides and never acts: all methods take and return values, at any time and from any thread.
 */
public interface Kind {
    /** Return the singular name, as used in addresses: {@code network}. */
    String name();

    /** Return the key of the list in a play: {@code networks}. */
    String key();

    /**
     * Return the root element of its documents: {@code network}. Kinds with the same root share libvirt's namespace of
     * names on a host.
     */
    String root();

    /**
     * Return the fields of a resource of this kind, without those that every resource has ({@code name}, {@code state},
     * {@code when}, {@code for_each}, {@code tags}, {@code protect}, {@code xml}, {@code template}, {@code values}).
     */
    Schema.Fields schema();

    /** Return the file name of its template in {@code templates/}. */
    String template();

    /**
     * Return libvirt's schema for its documents, relative to libvirt's schema folder: {@code network.rng}; absent if
     * libvirt does not know the kind.
     */
    Optional<String> libvirtSchema();

    /** Return the rules that compare its documents and give the cost of changes. */
    Rules rules();

    /**
     * Return whether objects of this kind can be {@code active} or {@code inactive} and have an autostart flag. A
     * filter has neither: it exists or not.
     */
    boolean hasState();

    /** Return whether libvirt keeps {@code <metadata>} in its documents. */
    boolean keepsMetadata();

    /** Return the document with its identity: the UUID, if this kind has one. */
    Element identified(Element document, String uuid);

    /** Return the UUID in a document. */
    Optional<String> uuid(Element document);

    /** Return the name in a document. */
    Optional<String> documentName(Element document);

    /** Return the document with this name. */
    Element named(Element document, String name);

    /** Return the resources that an object needs, from its document and name. */
    List<ResourceReference> references(ResourceId id, Element document);

    /** Return the cost of a change to this object in its current state. For an inactive object, it may be none. */
    Cost cost(Change change, Observed.Present observed);

    /** Return the actions that create it. The document is complete. */
    List<Action> create(DesiredResource desired);

    /** Return the actions that change it in place, cheapest first if the order does not matter. */
    List<Action> update(UpdateRequest transition);

    /** Return the actions that delete it. */
    List<Action> delete(ResourceId id, Observed.Present observed);

    /**
     * Return the fields of a document as YAML (maps, lists and strings) in the order of output. The caller checks
     * whether they describe the whole document, and falls back to raw XML.
     */
    Map<String, Object> describe(Element document);
}
