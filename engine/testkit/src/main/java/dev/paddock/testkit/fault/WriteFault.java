package dev.paddock.testkit.fault;

/** What goes wrong at a write. */
public enum WriteFault {
    /** libvirt refuses, and nothing is done. */
    REFUSE,
    /** The connection breaks before libvirt hears of it. Later writes find it broken. */
    LOSE_REQUEST,
    /** libvirt does it, and the connection breaks before it can say so. Later writes find it broken. */
    LOSE_REPLY,
    /** The program is killed before the write. */
    KILL_BEFORE,
    /** The program is killed after the write. */
    KILL_AFTER
}
