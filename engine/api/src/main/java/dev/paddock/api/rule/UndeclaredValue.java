package dev.paddock.api.rule;

/** How a value is treated that the host has and the declaration lacks. */
public sealed interface UndeclaredValue {

    /** Somebody else added it: it is drift and is removed. */
    record Nobody() implements UndeclaredValue {}

    /** libvirt writes this value if none is declared: it is equal to none. */
    record Constant(String value) implements UndeclaredValue {}

    /** libvirt chooses a value if none is declared, and the value is kept. */
    record Chosen() implements UndeclaredValue {}

    /** It belongs to others, such as the metadata of another tool: kept, and ignored unless declared. */
    record Others() implements UndeclaredValue {}

    /** It describes the current moment and is not part of a definition: ignored. */
    record Momentary() implements UndeclaredValue {}
}
