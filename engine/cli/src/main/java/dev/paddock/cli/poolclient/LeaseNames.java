package dev.paddock.cli.poolclient;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import java.util.regex.Pattern;

/** Resolves the names of VMs and leases on the command line. */
public final class LeaseNames {
    /** The name of a VM, a dot, and a secret. */
    private static final Pattern LEASE_ID = Pattern.compile(".+-[0-9]+\\.[a-z0-9]{16}");

    private LeaseNames() {}

    /**
     * Return the VM that is named directly, or by a lease.
     *
     * @throws CommandException if the lease has ended, as another user may have the VM by now
     */
    public static GuestName guest(Invocation invocation, String name) throws CommandException {
        if (!LEASE_ID.matcher(name).matches()) {
            return GuestName.of(name);
        }
        var lease = PoolClient.of(invocation).get("/v1/leases/" + PathEncoder.encode(name));
        if (!lease.path("state").asText().equals("leased")) {
            throw CommandException.failure(Diagnostic.error(
                    Code.LEASE_ENDED,
                    "The lease \"%s\" has ended: %s."
                            .formatted(name, lease.path("state").asText()),
                    "Acquire another guest."));
        }
        return GuestName.leased(lease.path("guest").asText(), name);
    }
}
