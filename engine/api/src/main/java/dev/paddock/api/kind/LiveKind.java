package dev.paddock.api.kind;

import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.List;

/**
 * A kind whose objects run, or change while they exist: attached VMs, pause, stop, readiness, and metadata.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface LiveKind {
    /** Return the kind's own implementation, or the defaults. */
    static LiveKind of(Kind kind) {
        return kind instanceof LiveKind able ? able : new LiveKind() {};
    }

    /** Return whether running VMs are attached to its objects, and lose their connection when one stops. */
    default boolean hasGuests() {
        return false;
    }

    /** Return whether an active object can be {@code paused}. */
    default boolean canPause() {
        return false;
    }

    /** Return whether libvirt can give an object that is not active another name. */
    default boolean canRename() {
        return false;
    }

    /** Return the highest cost that a change may have if {@code on_change} is not set. */
    default Cost changesAllowed() {
        return Cost.RESTART;
    }

    /**
     * Return the actions that update only the metadata of an object.
     *
     * @param merged the observed definition with the new metadata
     */
    default List<Action> remember(ResourceId id, Observed.Present observed, Element merged) {
        return List.of(new Action.Define(id, XmlWriter.write(merged)));
    }

    /**
     * Return the actions that check whether an object that matches its declaration is also ready. They change nothing
     * and are not part of a plan; apply performs them.
     */
    default List<Action> checks(DesiredResource desired) {
        return List.of();
    }

    /** Return an object that is to be removed as its declaration says how: what is declared of that overrides it. */
    default Observed.Present leaving(Element declared, Observed.Present observed) {
        return observed;
    }

    /** Return the action that stops the running object as its document asks. */
    default Action stop(ResourceId id, Observed.Present observed) {
        return new Action.Stop(id);
    }
}
