package dev.paddock.api.host;

import dev.paddock.api.step.Action;

/** A host that can be changed. May be used by several threads at once. */
public interface HostWriter extends AutoCloseable {
    /**
     * Carry out an action. What is already so is no failure: removing what is gone, starting what is active.
     *
     * @throws HostException when libvirt refuses, with its reason, or does not answer
     */
    void perform(Action action);

    /** Carry out an action, and tell how it goes on, where it can take long. */
    default void perform(Action action, Progress progress) {
        perform(action);
    }

    @Override
    void close();
}
