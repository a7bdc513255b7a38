package dev.paddock.host.libvirt.binding;

import dev.paddock.api.host.GuestStatus.State;
import java.util.List;
import java.util.Optional;

/** The meaning of libvirt's numbers of states and reasons (virDomainState, and the enumeration of reasons of each). */
public final class StateReasons {
    /** In the order of virDomainState, VIR_DOMAIN_NOSTATE to VIR_DOMAIN_PMSUSPENDED. */
    private static final List<State> STATES = List.of(
            State.UNKNOWN,
            State.RUNNING,
            State.BLOCKED,
            State.PAUSED,
            State.ENDING,
            State.STOPPED,
            State.CRASHED,
            State.SUSPENDED);

    private static final List<String> RUNNING = List.of(
            "",
            "booted",
            "migrated",
            "restored",
            "from a snapshot",
            "resumed",
            "migration cancelled",
            "save cancelled",
            "woken up",
            "crashed",
            "post-copy migration",
            "post-copy migration failed");
    private static final List<String> PAUSED = List.of(
            "",
            "by request",
            "migration",
            "being saved",
            "being dumped",
            "I/O error",
            "watchdog",
            "from a snapshot",
            "shutting down",
            "snapshot being made",
            "crashed",
            "starting up",
            "post-copy migration",
            "post-copy migration failed",
            "API error");
    private static final List<String> STOPPED = List.of(
            "",
            "shut down",
            "power cut",
            "crashed",
            "migrated",
            "saved",
            "failed to start",
            "from a snapshot",
            "libvirtd decided");
    private static final List<String> CRASHED = List.of("", "panicked");

    private StateReasons() {}

    public static State state(int number) {
        return number >= 0 && number < STATES.size() ? STATES.get(number) : State.UNKNOWN;
    }

    public static Optional<String> reason(State state, int number) {
        var reasons =
                switch (state) {
                    case RUNNING -> RUNNING;
                    case PAUSED -> PAUSED;
                    case STOPPED -> STOPPED;
                    case CRASHED -> CRASHED;
                    case UNKNOWN, BLOCKED, ENDING, SUSPENDED -> List.<String>of();
                };
        return number > 0 && number < reasons.size() ? Optional.of(reasons.get(number)) : Optional.empty();
    }
}
