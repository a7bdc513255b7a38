package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;

/** The calls that write a kind of object. All methods succeed if nothing is left to do. */
public interface WritableKind {
    void define(WriteConnection connection, Action.Define define);

    void undefine(WriteConnection connection, String name);

    void start(WriteConnection connection, String name);

    void stop(WriteConnection connection, String name);

    void autostart(WriteConnection connection, String name, boolean enabled);

    /** Create what a storage pool keeps its volumes in. */
    default void build(WriteConnection connection, String name) {
        throw new IllegalArgumentException("There is nothing to build of " + name + ". This is a bug in this tool.");
    }

    default void resize(WriteConnection connection, Action.Resize resize) {
        throw new IllegalArgumentException(resize.target() + " has no size. This is a bug in this tool.");
    }

    void update(WriteConnection connection, Action.UpdateNetwork update);

    /**
     * Reconnect VMs.
     *
     * @param progress receives what the host does not report
     */
    void replug(WriteConnection connection, String name, ProgressListener progress);

    /** Change the title, description or metadata of a running object. */
    default void setMetadata(WriteConnection connection, Action.SetMetadata metadata) {
        throw new IllegalArgumentException(metadata.target() + " keeps no metadata. This is a bug in this tool.");
    }

    /**
     * Perform an action that only VMs support.
     *
     * @param progress receives the progress of long actions
     */
    default void perform(WriteConnection connection, Action.Guest action, ProgressListener progress) {
        throw new IllegalArgumentException(action.target() + " is no guest. This is a bug in this tool.");
    }
}
