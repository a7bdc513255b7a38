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
 * A kind of resource (in Ansible's words, a module). Found by {@link java.util.ServiceLoader}.
 *
 * <p>A kind decides and never acts: all its methods take values and return values, and may be called at any time, by
 * several threads.
 */
public interface Kind {
    /** Return the singular name, as in addresses: {@code network}. */
    String name();

    /** Return the key of the list in a play: {@code networks}. */
    String key();

    /**
     * Return the root element of its documents: {@code network}. Kinds of the same root are the same objects of libvirt's,
     * of which there is one of a name on a host.
     */
    String root();

    /**
     * Return the fields of a resource of this kind, without those that every resource has ({@code name}, {@code state}, {@code
     * when}, {@code for_each}, {@code tags}, {@code protect}, {@code xml}, {@code template}, {@code values}).
     */
    Schema.Fields schema();

    /** Return the file name of its template in {@code templates/}. */
    String template();

    /**
     * Return libvirt's schema for its documents, below libvirt's schema folder: {@code network.rng}; absent of a kind
     * that libvirt does not know.
     */
    Optional<String> libvirtSchema();

    /** Return how its documents compare, and what changes of them cost. */
    Rules rules();

    /**
     * Return whether this kind has a state that can be {@code active} or {@code inactive}, and an autostart flag. A
     * filter has neither: it is there or not.
     */
    boolean hasState();

    /** Return whether libvirt keeps {@code <metadata>} in its documents. */
    boolean keepsMetadata();

    /** Return the document with the identity set: its UUID where this kind has it. */
    Element identified(Element document, String uuid);

    /** Return the UUID that a document carries. */
    Optional<String> uuid(Element document);

    /** Return the name that a document carries. */
    Optional<String> documentName(Element document);

    /** Return the document with this name. */
    Element named(Element document, String name);

    /** Return the resources that an object needs, by its document and its name. */
    List<ResourceReference> references(ResourceId id, Element document);

    /** Return what a change costs for this object as it is now; for example nothing while it is inactive. */
    Cost cost(Change change, Observed.Present observed);

    /** Return the steps that create it. The document is complete. */
    List<Action> create(DesiredResource desired);

    /** Return the steps that change it in place, cheapest first where the order is free. */
    List<Action> update(UpdateRequest transition);

    /** Return the steps that delete it. */
    List<Action> delete(ResourceId id, Observed.Present observed);

    /**
     * Return the fields of a document as YAML: maps, lists and strings, in the order to print. The caller checks whether
     * they describe the whole document, and falls back to raw XML.
     */
    Map<String, Object> describe(Element document);
}
