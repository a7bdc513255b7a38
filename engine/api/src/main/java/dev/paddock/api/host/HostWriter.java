package dev.paddock.api.host;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.Optional;

/** A host that can be changed. Thread-safe. */
public interface HostWriter extends AutoCloseable {
    /**
     * Perform an action. It succeeds if nothing is left to do: deleting what is gone, starting what is active.
     *
     * @throws HostException if libvirt refuses, with its reason, or does not answer
     */
    void perform(Action action);

    /** Perform an action and report its progress if it can take long. */
    default void perform(Action action, ProgressListener progress) {
        perform(action);
    }

    /**
     * Restore a VM to one of its snapshots. Everything it did since is lost.
     *
     * @param snapshot of the kind {@code snapshot}, named by its VM, a slash, and its own name
     * @param way the only way to use; if absent, the fastest safe one
     * @throws HostException with advice, if there is no such snapshot or no way to restore it
     */
    default RestoreResult restore(ResourceId snapshot, Optional<RestoreWay> way) {
        throw new HostException(HostException.Failure.UNSUPPORTED, 0, 0, "This host has no snapshots.");
    }

    @Override
    void close();
}
