package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** How a guest is, as far as changing it needs to know. */
enum GuestState {
    OFF,
    PAUSED,
    RUNNING;

    /** virDomainState: VIR_DOMAIN_PAUSED, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_CRASHED. */
    private static final int VIR_PAUSED = 3;

    private static final int VIR_SHUTOFF = 5;
    private static final int VIR_CRASHED = 6;

    /** Ask libvirt. A transient guest that has ended is gone, and off. */
    static GuestState of(WriteConnection connection, Pointer guest) {
        var state = new IntByReference();
        if (DomainCalls.virDomainGetState(guest, state, new IntByReference(), 0) < 0) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return OFF;
            }
            throw connection.failure(error);
        }
        return switch (state.getValue()) {
            case VIR_PAUSED -> PAUSED;
            case VIR_SHUTOFF, VIR_CRASHED -> OFF;
            default -> RUNNING;
        };
    }

    boolean isActive() {
        return this != OFF;
    }
}
