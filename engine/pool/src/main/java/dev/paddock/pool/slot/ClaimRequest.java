package dev.paddock.pool.slot;

import dev.paddock.host.guest.LeaseClaim;
import dev.paddock.host.guest.LeaseMark;
import dev.paddock.host.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a guest is told when it is handed out.
 *
 * @param lease the id of the lease for which it is; for none when it is rehearsed
 * @param hostname its name for itself; its own stays when none is given
 * @param variables the environment of all that is run in it, which may be secret
 * @param authorizedKeys who may log in by SSH
 * @param workspace whether the shared folder is to be mounted
 */
public record ClaimRequest(
        Optional<String> lease,
        Optional<String> hostname,
        Map<String, String> variables,
        List<String> authorizedKeys,
        boolean workspace) {
    /** What nobody asks for. */
    public static final ClaimRequest NOTHING =
            new ClaimRequest(Optional.empty(), Optional.empty(), Map.of(), List.of(), false);

    public ClaimRequest {
        variables = Map.copyOf(variables);
        authorizedKeys = List.copyOf(authorizedKeys);
    }

    /** Return this with the shared folder mounted, or not. */
    public ClaimRequest of(boolean hasWorkspace) {
        return new ClaimRequest(lease, hostname, variables, authorizedKeys, hasWorkspace);
    }

    /** Return this for a lease. */
    public ClaimRequest of(String newLease) {
        return new ClaimRequest(Optional.of(newLease), hostname, variables, authorizedKeys, workspace);
    }

    /** Return what the agent in the guest is told. */
    LeaseClaim now(Instant time) {
        var claim = LeaseClaim.at(time).withVariables(variables).withAuthorizedKeys(authorizedKeys);
        var lent = lease.map(id -> claim.withLease(LeaseMark.of(id))).orElse(claim);
        var named = hostname.map(lent::withHostname).orElse(lent);
        return workspace ? named.withWorkspace(Workspace.TAG) : named;
    }

    /** What is secret stays out of it. */
    @Override
    public String toString() {
        return "Claiming" + hostname;
    }
}
