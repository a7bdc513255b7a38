package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.List;

/**
 * A kind whose documents are compared in another form than libvirt keeps them in.
 *
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface NormalizedKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static NormalizedKind of(Kind kind) {
        return kind instanceof NormalizedKind able ? able : new NormalizedKind() {};
    }

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

    /**
     * Return a merged document without what the host had chosen for the observed and does not go with the declared: a
     * value that is kept as nobody declared another may be one that the new form of the object cannot have.
     */
    default Element fitting(Element merged, Element declared, Element observed) {
        return merged;
    }

    /** Return whether an object of the host comes and goes by itself, so that nobody would declare it. */
    default boolean isFleeting(Element document) {
        return false;
    }

    /** Return whether a difference means anything of this object as it is; one that does not is never told. */
    default boolean matters(Change change, Observed.Present observed) {
        return true;
    }

    /**
     * Return whether an import may leave a part of an object out, as the host chose it and would choose it again.
     *
     * @param lost what the object has and the declaration does not, as an addition
     */
    default boolean isChosenAgain(Change lost) {
        return false;
    }
}
