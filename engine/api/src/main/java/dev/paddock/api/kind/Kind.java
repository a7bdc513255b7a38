package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Place;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.Desired;
import dev.paddock.api.resource.Reference;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * Return the mistakes of a spec that take more than one key to see, each at its place. The spec satisfies the
     * schema.
     */
    default List<Diagnostic> mistakes(Value.Mapping spec) {
        return List.of();
    }

    /**
     * Return what is wrong with a whole document, whoever made it.
     *
     * @param place of the resource
     */
    default List<Diagnostic> mistakes(Element document, Place place) {
        return List.of();
    }

    /**
     * Return the key of a play's list of named templates, from which resources of this kind can be made, as may those of
     * other kinds; absent where there is none. There {@code template} names one of them, and a Freemarker template of
     * one's own stands below the name of the root element.
     */
    default Optional<String> templates() {
        return Optional.empty();
    }

    /**
     * Return what the short words of a resource stand for. The spec satisfies the schema, has no mistakes, and has its
     * {@code name}.
     */
    default Expansion expand(Value.Mapping spec, Surroundings surroundings) {
        return Expansion.none(spec);
    }

    /** Return whether a document leaves it to the host how fast it runs: KVM where that works, else emulation. */
    default boolean asksForAcceleration(Element document) {
        return false;
    }

    /** Return the document with what it leaves to the host decided. */
    default Element accelerated(Element document, boolean available) {
        return document;
    }

    /**
     * Return the document with what another resource adds to it; absent where it has no place for it.
     *
     * @param part as that resource's kind made it
     */
    default Optional<Element> with(Element document, Element part) {
        return Optional.empty();
    }

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

    /** Return whether running guests are plugged into its objects, and notice when one stops. */
    default boolean hasGuests() {
        return false;
    }

    /** Return whether an active object can be {@code paused}. */
    default boolean canPause() {
        return false;
    }

    /** Return what a change may cost where {@code on_change} is not said. */
    default Cost changesAllowed() {
        return Cost.RESTART;
    }

    /** Return whether libvirt keeps {@code <metadata>} in its documents. */
    boolean keepsMetadata();

    /**
     * Return the document in the form in which rules compare it, where that takes more than looking at one path. The
     * form has to be a document that says the same.
     */
    default Element comparable(Element document) {
        return document;
    }

    /**
     * Return a declared document with what libvirt derives from it by itself, as far as the observed one shows that the
     * libvirt there does so. What is derived and what is observed then compare as if both had been declared: nothing is
     * told of what libvirt added, and everything of what somebody made of it.
     */
    default Element implied(Element declared, Element observed) {
        return declared;
    }

    /**
     * Return the document of what runs in the form in which rules compare it.
     *
     * @param live the document of an active object
     * @param defined the definition, which says what part of the live document only tells of the moment
     */
    default Element running(Element live, Element defined) {
        return comparable(running(live));
    }

    /**
     * Return the paths of what libvirt accepts in a document and then does not keep, as XPaths below its root. The form
     * to compare does without them.
     */
    default List<String> dropped(Element document) {
        return List.of();
    }

    /**
     * Return the document in the form in which what runs compares with what is declared: a host may say more of what
     * runs than any definition does.
     */
    default Element running(Element document) {
        return document;
    }

    /** Return the document with the identity set: its UUID where this kind has it. */
    Element identified(Element document, String uuid);

    /** Return the UUID that a document carries. */
    Optional<String> uuid(Element document);

    /** Return the name that a document carries. */
    Optional<String> documentName(Element document);

    /** Return the document with this name. */
    Element named(Element document, String name);

    /**
     * Return a merged document without what the host had chosen for the observed and does not go with the declared: a
     * value that is kept as nobody declared another may be one that the new form of the object cannot have.
     */
    default Element fitting(Element merged, Element declared, Element observed) {
        return merged;
    }

    /** Return the resources that a document needs. */
    List<Reference> references(Element document);

    /** Return the resources that an object of this name needs: those of its document, and what its name says. */
    default List<Reference> references(ResourceId id, Element document) {
        return references(document);
    }

    /**
     * Return the key of a play's item that names the object which contains this kind's, where they are named within
     * another: a volume's {@code pool}. The name of such a resource is the container's, a slash, and its own.
     */
    default Optional<String> within() {
        return Optional.empty();
    }

    /**
     * Return whether its objects are everybody's: made where they are missing, never changed, and never removed by a
     * playbook. What is said of one is all in its name, so two of the same name are the same.
     */
    default boolean isShared() {
        return false;
    }

    /** Return what a name has to be, beyond what libvirt asks of all names. */
    default Optional<ScalarType> nameType() {
        return Optional.empty();
    }

    /** Return the name that the object of a resource has on a host, where that says more than the resource's own. */
    default String objectName(String name, Element document) {
        return name;
    }

    /**
     * Return the names that libvirt cannot give to anything else of the same root: its own, and those of what is made
     * from it.
     */
    default List<String> names(ResourceId id, Element document) {
        return List.of(id.name());
    }

    /** Return whether an object of the host comes and goes by itself, so that nobody would declare it. */
    default boolean isFleeting(Element document) {
        return false;
    }

    /**
     * Return the key that names a file of this computer, of which the content matters: its path is made absolute, and its
     * SHA-256 is added to what the resource says as {@code sha256}.
     */
    default Optional<String> localFile() {
        return Optional.empty();
    }

    /**
     * Return whether its objects are somebody's data. Such an object bears nobody's mark and belongs to whoever declares
     * it; it is never pruned, and goes only with consent, while nothing uses it.
     */
    default boolean holdsData() {
        return false;
    }

    /**
     * Return the kinds whose objects are within those of this one, and go with it: snapshots with a guest.
     */
    default List<String> holds() {
        return List.of();
    }

    /**
     * Return the document that bears the mark of whose some data is, where it was made because it was declared. Only
     * such data is pruned, and with consent alone.
     */
    default Optional<Element> owner(Element document) {
        return Optional.empty();
    }

    /** Return whether a difference means anything of this object as it is; one that does not is never told. */
    default boolean matters(Change change, Observed.Present observed) {
        return true;
    }

    /**
     * Return the path of the file that the object is, where it is one.
     *
     * @param declared the documents of other resources
     */
    default Optional<String> file(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return Optional.empty();
    }

    /** Return the paths of the files that the object is, where it is any. */
    default List<String> provides(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return file(id, document, declared).stream().toList();
    }

    /** Return the paths of files that have to be there before an object of this document; of which some are resources. */
    default List<String> files(Element document) {
        return List.of();
    }

    /** Return what a change of the transition really costs here and now; for example nothing when inactive. */
    Cost cost(Change change, Observed.Present observed);

    /** Return the steps that make it from nothing. The document is complete. */
    List<Action> create(Desired desired);

    /** Return the steps that change it in place, cheapest first where the order is free. */
    List<Action> update(Transition transition);

    /**
     * Return the steps that bring an object's metadata up to date, and change nothing else.
     *
     * @param merged the observed definition with the new metadata
     */
    default List<Action> remember(ResourceId id, Observed.Present observed, Element merged) {
        return List.of(new Action.Define(id, XmlWriting.write(merged)));
    }

    /**
     * Return the steps that see whether an object which is as declared is also ready. They change nothing, and make no
     * plan of what would be an empty one; an apply carries them out.
     */
    default List<Action> checks(Desired desired) {
        return List.of();
    }

    /** Return the steps that remove it. */
    List<Action> delete(Observed.Present observed);

    /** Return the step that stops what runs, as its document asks. */
    default Action stop(ResourceId id, Observed.Present observed) {
        return new Action.Stop(id);
    }

    /** Return the steps that remove the object of this name, where its document does not say all of the name. */
    default List<Action> delete(ResourceId id, Observed.Present observed) {
        return delete(observed);
    }

    /**
     * Return whether an import may leave a part of an object out, as the host chose it and would choose it again.
     *
     * @param lost what the object has and the declaration does not, as an addition
     */
    default boolean isChosenAgain(Change lost) {
        return false;
    }

    /**
     * Return the YAML of a document in this kind's own words: maps, lists and strings, in the order to print. Whether it
     * says all that the document does is checked by the caller, which falls back to raw XML.
     */
    Map<String, Object> describe(Element document);
}
