package dev.paddock.keeper.slot;

import dev.paddock.host.guest.Claim;
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
public record Claiming(
        Optional<String> lease,
        Optional<String> hostname,
        Map<String, String> variables,
        List<String> authorizedKeys,
        boolean workspace) {
    /** What nobody asks for. */
    public static final Claiming NOTHING = new Claiming(Optional.empty(), Optional.empty(), Map.of(), List.of(), false);

    public Claiming {
        variables = Map.copyOf(variables);
        authorizedKeys = List.copyOf(authorizedKeys);
    }

    /** Return this with the shared folder mounted, or not. */
    public Claiming of(boolean hasWorkspace) {
        return new Claiming(lease, hostname, variables, authorizedKeys, hasWorkspace);
    }

    /** Return this for a lease. */
    public Claiming of(String newLease) {
        return new Claiming(Optional.of(newLease), hostname, variables, authorizedKeys, workspace);
    }

    /** Return what the agent in the guest is told. */
    Claim now(Instant time) {
        var claim = Claim.at(time).withVariables(variables).withAuthorizedKeys(authorizedKeys);
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
