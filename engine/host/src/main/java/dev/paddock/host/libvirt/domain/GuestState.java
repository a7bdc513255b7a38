package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.Set;
import java.util.function.Function;

/** The state of a VM, as far as changes depend on it. */
public enum GuestState {
    OFF,
    PAUSED,
    RUNNING;

    /** virDomainState: VIR_DOMAIN_RUNNING, VIR_DOMAIN_PAUSED, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_CRASHED. */
    private static final int VIR_RUNNING = 1;

    private static final int VIR_PAUSED = 3;

    private static final int VIR_SHUTOFF = 5;
    private static final int VIR_CRASHED = 6;

    /** virDomainPausedReason: VIR_DOMAIN_PAUSED_USER, VIR_DOMAIN_PAUSED_FROM_SNAPSHOT. */
    private static final Set<Integer> STEADY = Set.of(1, 7);

    /** Ask libvirt. A transient VM that has ended no longer exists and counts as off. */
    public static GuestState of(WriteConnection connection, Pointer guest) {
        return of(connection::failure, guest);
    }

    /** @param failures creates the exception for an error on the VM's connection */
    public static GuestState of(Function<LibvirtError, HostException> failures, Pointer guest) {
        var state = new IntByReference();
        if (DomainCalls.virDomainGetState(guest, state, new IntByReference(), 0) < 0) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return OFF;
            }
            throw failures.apply(error);
        }
        return switch (state.getValue()) {
            case VIR_PAUSED -> PAUSED;
            case VIR_SHUTOFF, VIR_CRASHED -> OFF;
            default -> RUNNING;
        };
    }

    /** Return whether it runs, or was paused on request, as opposed to an error or a transition. */
    public static boolean isSteady(WriteConnection connection, Pointer guest) {
        var state = new IntByReference();
        var reason = new IntByReference();
        if (DomainCalls.virDomainGetState(guest, state, reason, 0) < 0) {
            throw connection.failure();
        }
        return state.getValue() == VIR_RUNNING
                || (state.getValue() == VIR_PAUSED && STEADY.contains(reason.getValue()));
    }

    public boolean isActive() {
        return this != OFF;
    }
}
