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
     * Return what a resource of this kind may say, but for what every resource may ({@code name}, {@code state}, {@code
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

    /** Return the resources that a document needs. */
    List<ResourceReference> references(Element document);

    /** Return the resources that an object of this name needs: those of its document, and what its name says. */
    default List<ResourceReference> references(ResourceId id, Element document) {
        return references(document);
    }

    /** Return what a change of the transition really costs here and now; for example nothing when inactive. */
    Cost cost(Change change, Observed.Present observed);

    /** Return the steps that make it from nothing. The document is complete. */
    List<Action> create(DesiredResource desired);

    /** Return the steps that change it in place, cheapest first where the order is free. */
    List<Action> update(UpdateRequest transition);

    /** Return the steps that remove it. */
    List<Action> delete(Observed.Present observed);

    /** Return the steps that remove the object of this name, where its document does not say all of the name. */
    default List<Action> delete(ResourceId id, Observed.Present observed) {
        return delete(observed);
    }

    /**
     * Return the YAML of a document in this kind's own words: maps, lists and strings, in the order to print. Whether it
     * says all that the document does is checked by the caller, which falls back to raw XML.
     */
    Map<String, Object> describe(Element document);
}
