package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.xml.Element;

/** A kind of object, as reading sees it. Each method is one call of libvirt's, made by the thread that asks. */
interface ReadableKind {
    /** Flags of no filter at all: list every object. */
    int ALL = 0;

    /** Return what messages call an object of this kind: {@code network}. */
    String noun();

    /** Return how to tell apart the states of objects by listing. */
    States states();

    /** List into an array of handles; negative when that fails. */
    int list(Pointer connection, PointerByReference handles, int flags);

    /** Return the object's name; a string of libvirt's, which lives as long as the handle. */
    Pointer name(Pointer handle);

    int uuid(Pointer handle, byte[] uuid);

    /** Return the definition, or null when that fails; to be freed. */
    @org.jspecify.annotations.Nullable
    Pointer definition(Pointer handle);

    /** Return what runs, or null when that fails; to be freed. Asked of active objects alone. */
    @org.jspecify.annotations.Nullable
    Pointer live(Pointer handle);

    void free(Pointer handle);

    /** Return whether title, description and metadata of an object can be changed while it runs, and its definition not. */
    default boolean isDescribable(ReadConnection connection, Pointer handle) {
        return false;
    }

    /** Return whether an object that was listed is of this kind, where that takes a look at its definition. */
    default boolean has(Element definition) {
        return true;
    }

    /** How a kind's objects can be. */
    sealed interface States {
        /** There or not; what is there is in force. */
        record None() implements States {}

        /**
         * Active, persistent, starting with the host, paused; the numbers are the flags that list those which are, 0
         * where a kind knows no such state.
         */
        record Flags(int active, int persistent, int autostart, int paused) implements States {}
    }
}
