package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.xml.Element;

/** The calls that read a kind of object. Each method makes one libvirt call on the calling thread. */
public interface ReadableKind {
    /** No filter flags: list every object. */
    int ALL = 0;

    /** Return the word for an object of this kind in messages: {@code network}. */
    String noun();

    /** Return how to list the states of objects. */
    States states();

    /** List into an array of handles; negative on failure. */
    int list(Pointer connection, PointerByReference handles, int flags);

    /** Return the object's name; libvirt's string, valid as long as the handle. */
    Pointer name(Pointer handle);

    int uuid(Pointer handle, byte[] uuid);

    /** Return the definition, or null on failure; the caller frees it. */
    @org.jspecify.annotations.Nullable
    Pointer definition(Pointer handle);

    /** Return the running document, or null on failure; the caller frees it. Only for active objects. */
    @org.jspecify.annotations.Nullable
    Pointer live(Pointer handle);

    void free(Pointer handle);

    /**
     * Return whether title, description and metadata can be changed on the running object, leaving its definition as
     * is.
     */
    default boolean isDescribable(ReadConnection connection, Pointer handle) {
        return false;
    }

    /** Return whether a listed object is of this kind, if that depends on its definition. */
    default boolean has(Element definition) {
        return true;
    }

    /** The states that objects of a kind can have. */
    sealed interface States {
        /** No states: an object that exists is in force. */
        record None() implements States {}

        /**
         * Active, persistent, autostart, paused. The numbers are the flags that list objects in the state, 0 if a kind
         * does not have it.
         */
        record Flags(int active, int persistent, int autostart, int paused) implements States {}
    }
}
