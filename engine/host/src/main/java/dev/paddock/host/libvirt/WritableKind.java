package dev.paddock.host.libvirt;

import dev.paddock.api.step.Action;

/** A kind of object, as writing sees it. All methods tolerate what is already so. */
interface WritableKind {
    void define(WriteConnection connection, Action.Define define);

    void undefine(WriteConnection connection, String name);

    void start(WriteConnection connection, String name);

    void stop(WriteConnection connection, String name);

    void autostart(WriteConnection connection, String name, boolean enabled);

    void update(WriteConnection connection, Action.UpdateNetwork update);

    void replug(WriteConnection connection, String name);
}
