package dev.paddock.cli.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.guest.GuestName;
import java.util.regex.Pattern;

/** Leases as they are named on the command line. */
public final class Leases {
    /** A guest's name, a dot, and what nobody guesses. */
    private static final Pattern FORM = Pattern.compile(".+-[0-9]+\\.[a-z0-9]{16}");

    private Leases() {}

    /**
     * Return the guest that is meant by a name, or by a lease.
     *
     * @throws CommandException when the lease has ended: the guest may be another user's by now
     */
    public static GuestName guest(Invocation invocation, String name) throws CommandException {
        if (!FORM.matcher(name).matches()) {
            return GuestName.of(name);
        }
        var lease = Asked.of(invocation).get("/v1/leases/" + Words.inPath(name));
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
