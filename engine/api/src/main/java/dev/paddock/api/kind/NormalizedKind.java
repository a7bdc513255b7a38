package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.List;

/**
 * A kind whose documents are normalized before they are compared.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface NormalizedKind {
    /** Return the kind's own implementation, or the defaults. */
    static NormalizedKind of(Kind kind) {
        return kind instanceof NormalizedKind able ? able : new NormalizedKind() {};
    }

    /**
     * Return the document in the form that rules compare, where that depends on more than one path. The result must
     * mean the same.
     */
    default Element comparable(Element document) {
        return document;
    }

    /**
     * Return a declared document with the parts that libvirt derives by itself, as far as the observed document shows
     * that this libvirt does. Then nothing is reported about what libvirt added, but every change to it is.
     */
    default Element implied(Element declared, Element observed) {
        return declared;
    }

    /**
     * Return the live document in the form that rules compare.
     *
     * @param live the document of an active object
     * @param defined the definition, which shows what parts of the live document are only momentary
     */
    default Element running(Element live, Element defined) {
        return comparable(running(live));
    }

    /**
     * Return what libvirt accepts in a document but does not keep, as XPaths below the root. The form to compare omits
     * it.
     */
    default List<String> dropped(Element document) {
        return List.of();
    }

    /**
     * Return the live document in the form that compares with a declaration: a host may report more about a running
     * object than any definition contains.
     */
    default Element running(Element document) {
        return document;
    }

    /**
     * Return a merged document without the values that the host chose for the observed object and that do not fit the
     * declaration. Undeclared values are kept otherwise, but the object's new form may not allow them.
     */
    default Element fitting(Element merged, Element declared, Element observed) {
        return merged;
    }

    /** Return whether an object of the host comes and goes by itself, so that nobody would declare it. */
    default boolean isFleeting(Element document) {
        return false;
    }

    /** Return whether a difference matters for this object in its current state. Others are never reported. */
    default boolean matters(Change change, Observed.Present observed) {
        return true;
    }

    /**
     * Return whether an import may omit a part of an object because the host chose it and would choose it again.
     *
     * @param lost what the object has and the declaration lacks, as an addition
     */
    default boolean isChosenAgain(Change lost) {
        return false;
    }
}
