package dev.paddock.host.libvirt;

import dev.paddock.api.host.Progress;
import dev.paddock.api.step.Action;

/** A kind of object, as writing sees it. All methods tolerate what is already so. */
interface WritableKind {
    void define(WriteConnection connection, Action.Define define);

    void undefine(WriteConnection connection, String name);

    void start(WriteConnection connection, String name);

    void stop(WriteConnection connection, String name);

    void autostart(WriteConnection connection, String name, boolean enabled);

    /** Make what a pool keeps its volumes in. */
    default void build(WriteConnection connection, String name) {
        throw new IllegalArgumentException("There is nothing to build of " + name + ". This is a bug in this tool.");
    }

    default void resize(WriteConnection connection, Action.Resize resize) {
        throw new IllegalArgumentException(resize.target() + " has no size. This is a bug in this tool.");
    }

    void update(WriteConnection connection, Action.UpdateNetwork update);

    /**
     * Plug guests in again.
     *
     * @param progress hears what the host does not tell
     */
    void replug(WriteConnection connection, String name, Progress progress);

    /** Change what an object that runs says of itself. */
    default void setMetadata(WriteConnection connection, Action.SetMetadata metadata) {
        throw new IllegalArgumentException(metadata.target() + " keeps no metadata. This is a bug in this tool.");
    }

    /**
     * Do what only guests know.
     *
     * @param progress hears of what takes long
     */
    default void perform(WriteConnection connection, Action.Guest action, Progress progress) {
        throw new IllegalArgumentException(action.target() + " is no guest. This is a bug in this tool.");
    }
}
