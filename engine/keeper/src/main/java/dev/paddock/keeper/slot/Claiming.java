package dev.paddock.keeper.slot;

import dev.paddock.host.guest.Claim;
import dev.paddock.host.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a guest is told when it is handed out.
 *
 * @param hostname its name for itself; its own stays when none is given
 * @param variables the environment of all that is run in it, which may be secret
 * @param authorizedKeys who may log in by SSH
 * @param workspace whether the shared folder is to be mounted
 */
public record Claiming(
        Optional<String> hostname, Map<String, String> variables, List<String> authorizedKeys, boolean workspace) {
    /** What nobody asks for. */
    public static final Claiming NOTHING = new Claiming(Optional.empty(), Map.of(), List.of(), false);

    public Claiming {
        variables = Map.copyOf(variables);
        authorizedKeys = List.copyOf(authorizedKeys);
    }

    /** Return this with the shared folder mounted, or not. */
    public Claiming of(boolean hasWorkspace) {
        return new Claiming(hostname, variables, authorizedKeys, hasWorkspace);
    }

    /** Return what the agent in the guest is told. */
    Claim now(Instant time) {
        var claim = Claim.at(time).withVariables(variables).withAuthorizedKeys(authorizedKeys);
        var named = hostname.map(claim::withHostname).orElse(claim);
        return workspace ? named.withWorkspace(Workspace.TAG) : named;
    }

    /** What is secret stays out of it. */
    @Override
    public String toString() {
        return "Claiming" + hostname;
    }
}
