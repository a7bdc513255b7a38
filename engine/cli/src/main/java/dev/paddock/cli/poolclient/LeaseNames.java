package dev.paddock.cli.poolclient;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import java.util.regex.Pattern;

/** Leases as they are named on the command line. */
public final class LeaseNames {
    /** A guest's name, a dot, and what nobody guesses. */
    private static final Pattern FORM = Pattern.compile(".+-[0-9]+\\.[a-z0-9]{16}");

    private LeaseNames() {}

    /**
     * Return the guest that is meant by a name, or by a lease.
     *
     * @throws CommandException when the lease has ended: the guest may be another user's by now
     */
    public static GuestName guest(Invocation invocation, String name) throws CommandException {
        if (!FORM.matcher(name).matches()) {
            return GuestName.of(name);
        }
        var lease = PoolClient.of(invocation).get("/v1/leases/" + PathEncoder.inPath(name));
        if (!lease.path("state").asText().equals("leased")) {
            throw CommandException.failure(Diagnostic.error(
                    Code.LEASE_ENDED,
                    "The lease \"%s\" has ended: %s."
                            .formatted(name, lease.path("state").asText()),
                    "Acquire another guest."));
        }
        return GuestName.lent(lease.path("guest").asText(), name);
    }
}
