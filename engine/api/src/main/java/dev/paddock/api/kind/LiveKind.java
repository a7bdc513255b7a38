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
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface LiveKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static LiveKind of(Kind kind) {
        return kind instanceof LiveKind able ? able : new LiveKind() {};
    }

    /** Return whether running VMs are attached to its objects, and are disconnected when one stops. */
    default boolean hasGuests() {
        return false;
    }

    /** Return whether an active object can be {@code paused}. */
    default boolean canPause() {
        return false;
    }

    /** Return what a change may cost where {@code on_change} is not set. */
    default Cost changesAllowed() {
        return Cost.RESTART;
    }

    /**
     * Return the steps that bring an object's metadata up to date, and change nothing else.
     *
     * @param merged the observed definition with the new metadata
     */
    default List<Action> remember(ResourceId id, Observed.Present observed, Element merged) {
        return List.of(new Action.Define(id, XmlWriter.write(merged)));
    }

    /**
     * Return the steps that check whether an object that is as declared is also ready. They change nothing, and do not
     * appear in a plan; an apply carries them out.
     */
    default List<Action> checks(DesiredResource desired) {
        return List.of();
    }

    /** Return the step that stops what runs, as its document asks. */
    default Action stop(ResourceId id, Observed.Present observed) {
        return new Action.Stop(id);
    }
}
