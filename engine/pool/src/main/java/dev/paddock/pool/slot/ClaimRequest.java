package dev.paddock.pool.slot;

import dev.paddock.host.guest.LeaseClaim;
import dev.paddock.host.guest.LeaseMark;
import dev.paddock.host.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a guest receives when it is handed over to a user.
 *
 * @param lease the id of the lease; absent when a clean guest is claimed for a trial
 * @param hostname to set; absent to keep its own
 * @param variables the environment of all commands in the guest; they may be secret
 * @param authorizedKeys public keys that may log in by SSH
 * @param workspace whether to mount the shared folder
 */
public record ClaimRequest(
        Optional<String> lease,
        Optional<String> hostname,
        Map<String, String> variables,
        List<String> authorizedKeys,
        boolean workspace) {
    /** A claim that changes nothing. */
    public static final ClaimRequest NOTHING =
            new ClaimRequest(Optional.empty(), Optional.empty(), Map.of(), List.of(), false);

    public ClaimRequest {
        variables = Map.copyOf(variables);
        authorizedKeys = List.copyOf(authorizedKeys);
    }

    /** Return a copy that mounts the shared folder, or does not. */
    public ClaimRequest withWorkspace(boolean hasWorkspace) {
        return new ClaimRequest(lease, hostname, variables, authorizedKeys, hasWorkspace);
    }

    /** Return a copy for a lease. */
    public ClaimRequest withLease(String newLease) {
        return new ClaimRequest(Optional.of(newLease), hostname, variables, authorizedKeys, workspace);
    }

    /** Return the message for the agent in the guest. */
    LeaseClaim toMessage(Instant time) {
        var claim = LeaseClaim.at(time).withVariables(variables).withAuthorizedKeys(authorizedKeys);
        var leased = lease.map(id -> claim.withLease(LeaseMark.of(id))).orElse(claim);
        var named = hostname.map(leased::withHostname).orElse(leased);
        return workspace ? named.withWorkspace(Workspace.TAG) : named;
    }

    /** Return a text without the variables and keys, which may be secret. */
    @Override
    public String toString() {
        return "Claiming" + hostname;
    }
}
