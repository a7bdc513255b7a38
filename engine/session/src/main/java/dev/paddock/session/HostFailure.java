package dev.paddock.session;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.core.resource.InventoryHost;

/** The diagnostics of hosts that fail. */
public final class HostFailure {
    private HostFailure() {}

    /** Return the diagnostic for a failure that was not handled otherwise. */
    public static Diagnostic of(HostException failure) {
        var reason = failure.reason();
        return switch (failure.failure()) {
            case UNREACHABLE ->
                Diagnostic.error(
                        Code.HOST_UNREACHABLE,
                        reason,
                        failure.advice().orElse("Run paddock doctor, which tells what is missing."));
            case DENIED ->
                Diagnostic.error(
                        Code.PERMISSION_DENIED,
                        reason,
                        failure.advice()
                                .orElse("Run it as root, or join the group with `usermod -a -G libvirt USER` and log in"
                                        + " again."));
            case LOST ->
                Diagnostic.error(
                        Code.HOST_LOST,
                        reason,
                        "Run the same command again when the host is back: what was done already is left as it is.");
            case REFUSED ->
                Diagnostic.error(
                        failure.told().orElse(Code.HOST_REFUSED),
                        reason,
                        failure.wayOut().orElse("The reason above is libvirt's own."));
            case UNSUPPORTED ->
                Diagnostic.error(Code.NOT_SUPPORTED, reason, "Use a host whose libvirt has it, for example `--lab`.");
        };
    }

    /** Return the diagnostic for the failure of one of the hosts of a plan. */
    public static Diagnostic of(HostException failure, InventoryHost host) {
        var told = of(failure);
        return Diagnostic.error(
                told.code(),
                "Host '" + host.name() + "': " + told.detail(),
                told.fix().orElse("") + " The other hosts do not wait for it; to leave it out: --limit 'all,!"
                        + host.name() + "'.");
    }

    /** Return whether a diagnostic says that a host cannot be reached, or was lost. */
    public static boolean isUnreachable(Diagnostic diagnostic) {
        return switch (diagnostic.code()) {
            case HOST_UNREACHABLE, HOST_LOST, PERMISSION_DENIED -> diagnostic.isError();
            default -> false;
        };
    }
}
