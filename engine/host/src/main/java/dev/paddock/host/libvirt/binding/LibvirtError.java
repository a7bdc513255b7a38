package dev.paddock.host.libvirt.binding;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.util.regex.Pattern;

/**
 * A copy of libvirt's last error.
 *
 * @param code virErrorNumber
 * @param domain virErrorDomain
 * @param errno the system's error number if the code is {@link #SYSTEM_ERROR}
 */
public record LibvirtError(int code, int domain, String message, int errno) {
    public static final int INTERNAL_ERROR = 1;
    public static final int NO_SUPPORT = 3;
    public static final int INVALID_ARGUMENT = 8;
    public static final int OPERATION_FAILED = 9;
    static final int OPERATION_DENIED = 29;
    static final int SYSTEM_ERROR = 38;
    public static final int RPC = 39;
    public static final int NO_DOMAIN = 42;
    public static final int NO_NETWORK = 43;
    static final int AUTH_FAILED = 45;
    public static final int NO_STORAGE_POOL = 49;
    public static final int NO_STORAGE_VOL = 50;
    public static final int OPERATION_INVALID = 55;
    static final int NO_NWFILTER = 62;
    public static final int ARGUMENT_UNSUPPORTED = 74;
    static final int AUTH_CANCELLED = 79;
    public static final int NO_SNAPSHOT = 72;
    static final int OPERATION_UNSUPPORTED = 84;
    public static final int AGENT_UNRESPONSIVE = 86;
    static final int ACCESS_DENIED = 88;
    public static final int INVALID_SCHEMA = 92;
    static final int AUTH_UNAVAILABLE = 94;
    public static final int AGENT_UNSYNCED = 97;
    public static final int NO_NETWORK_METADATA = 111;

    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;

    /**
     * Since 12.8: libvirt's chains for an address family are missing if the first two ports had filters for the other
     * one only.
     */
    private static final Pattern MISSING_CHAINS =
            Pattern.compile("firewall command (ip6?tables) .*libvirt-.*No chain/target/match by that name");

    /** Offsets of the fields of virError on a 64-bit machine: int, int, char *, enum, five pointers, int. */
    private static final long CODE = 0;

    private static final long DOMAIN = 4;
    private static final long MESSAGE = 8;
    private static final long INT1 = 64;

    /**
     * Return the error of this thread's last call, and clear it. Errors are per thread, so call this right after the
     * call, on the same thread.
     */
    public static LibvirtError take() {
        var error = ReadCalls.virGetLastError();
        if (error == null) {
            return new LibvirtError(0, 0, "The call failed, and libvirt gives no reason.", 0);
        }
        var message = error.getPointer(MESSAGE);
        var taken = new LibvirtError(
                error.getInt(CODE),
                error.getInt(DOMAIN),
                message == null ? "unknown error" : message.getString(0, "UTF-8"),
                error.getInt(INT1));
        ReadCalls.virResetLastError();
        return taken;
    }

    /** Return the code of this thread's last error without clearing it; 0 if there is none. */
    public static int lastCode() {
        var error = ReadCalls.virGetLastError();
        return error == null ? 0 : error.getInt(CODE);
    }

    /** Return whether the object does not exist. */
    public boolean isAbsence() {
        return code == NO_NETWORK
                || code == NO_NWFILTER
                || code == NO_STORAGE_POOL
                || code == NO_STORAGE_VOL
                || code == NO_DOMAIN
                || code == NO_SNAPSHOT;
    }

    /**
     * Return the exception for a definition that was refused.
     *
     * <p>If libvirt cannot write a definition to disk, it drops the one in memory (networkDefineXMLFlags and
     * nwfilterDefineXMLFlags of 9.0): a filter or an inactive network disappears from its list, and an active network
     * becomes transient.
     */
    public HostException whenDefining(HostException failure) {
        return code == SYSTEM_ERROR && failure.failure() == Failure.REFUSED
                ? failure.withAdvice(
                        "Make room on the host, or fix what keeps libvirt from writing, and apply again: until"
                                + " then libvirt may have forgotten the definition that it had.")
                : failure;
    }

    /** Return whether the system already has something of that name. */
    public boolean isInTheWay() {
        return code == SYSTEM_ERROR && errno == EEXIST;
    }

    /** Return the exception for a failed attempt to connect. */
    public HostException whenOpening() {
        return with(isDenial() ? Failure.DENIED : Failure.UNREACHABLE);
    }

    /** Return the exception for a failed call on an open connection. */
    public HostException whenCalling() {
        return switch (code) {
            case NO_SUPPORT, ARGUMENT_UNSUPPORTED, OPERATION_UNSUPPORTED -> with(Failure.UNSUPPORTED);
            default -> with(isDenial() ? Failure.DENIED : Failure.REFUSED);
        };
    }

    public HostException whenLost() {
        return with(Failure.LOST);
    }

    private HostException with(Failure failure) {
        var refusal = new HostException(failure, code, domain, message);
        var exception = Refusals.wayOut(message).map(refusal::withWayOut).orElse(refusal);
        var program = MISSING_CHAINS.matcher(message);
        return program.find() ? exception.withAdvice(chains(program.group(1))) : exception;
    }

    private static String chains(String program) {
        return "libvirt has not made its chains there, as two interfaces were bound to filters of the other family of"
                + " addresses before. Make them on the host, and apply again: for chain in in out in-post host-in; do"
                + " %1$s -w -N libvirt-$chain; done; %1$s -w -I FORWARD 1 -j libvirt-in; %1$s -w -I FORWARD 2 -j"
                        .formatted(program)
                + " libvirt-out; %1$s -w -I FORWARD 3 -j libvirt-in-post; %1$s -w -I INPUT 1 -j libvirt-host-in"
                        .formatted(program);
    }

    private boolean isDenial() {
        return switch (code) {
            case AUTH_FAILED, AUTH_CANCELLED, AUTH_UNAVAILABLE, ACCESS_DENIED, OPERATION_DENIED -> true;
            case SYSTEM_ERROR -> errno == EACCES || errno == EPERM;
            default -> false;
        };
    }
}
