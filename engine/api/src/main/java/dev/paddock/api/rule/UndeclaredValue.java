package dev.paddock.api.rule;

/** What it means when the host has a path that the declaration does not. */
public sealed interface UndeclaredValue {

    /** Somebody put it there: it is drift, and goes. */
    record Nobody() implements UndeclaredValue {}

    /** libvirt writes this value when none is given: it is the same as none. */
    record Constant(String value) implements UndeclaredValue {}

    /** libvirt chooses a value when none is given, and the value is kept. */
    record Chosen() implements UndeclaredValue {}

    /** It belongs to others, like the metadata of another tool: kept, and never looked at unless declared. */
    record Others() implements UndeclaredValue {}

    /** It tells of the present moment and is no part of any definition: never looked at. */
    record Momentary() implements UndeclaredValue {}
}
