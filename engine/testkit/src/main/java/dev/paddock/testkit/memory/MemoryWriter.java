package dev.paddock.testkit.memory;

import dev.paddock.api.step.Action;

/** Changes the objects of one kind on a host in memory. Called under the host's lock. */
@FunctionalInterface
public interface MemoryWriter {
    /**
     * Perform an action, or do nothing if nothing is left to do.
     *
     * @throws dev.paddock.api.host.HostException if libvirt would refuse
     * @throws IllegalArgumentException if the kind has no such action
     */
    void perform(Action action);

    /** Return the exception for an action that the kind does not have. */
    static IllegalArgumentException unsupported(Action action) {
        return new IllegalArgumentException(action.target() + " does not support " + action + ".");
    }
}
