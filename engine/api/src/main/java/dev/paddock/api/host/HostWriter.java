package dev.paddock.api.host;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.Optional;

/** A host that can be changed. May be used by several threads at once. */
public interface HostWriter extends AutoCloseable {
    /**
     * Carry out an action. What is already so is no failure: removing what is gone, starting what is active.
     *
     * @throws HostException when libvirt refuses, with its reason, or does not answer
     */
    void perform(Action action);

    /** Carry out an action, and tell how it goes on, where it can take long. */
    default void perform(Action action, ProgressListener progress) {
        perform(action);
    }

    /**
     * Bring a guest back to a snapshot of it. What it has done since is lost.
     *
     * @param snapshot of the kind {@code snapshot}, named by its guest, a slash, and its own name
     * @param way the only way to take; when it is left open, the fastest that is safe
     * @throws HostException when there is no such snapshot, or no way to it; with advice
     */
    default RestoreResult restore(ResourceId snapshot, Optional<RestoreWay> way) {
        throw new HostException(HostException.Failure.UNSUPPORTED, 0, 0, "This host has no snapshots.");
    }

    @Override
    void close();
}
