package dev.paddock.pool.slot;

import dev.paddock.api.pool.PoolSlot;
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
 * @param macAddresses the MAC addresses to replace, each with the one that replaces it
 */
public record ClaimRequest(
        Optional<String> lease,
        Optional<String> hostname,
        Map<String, String> variables,
        List<String> authorizedKeys,
        boolean workspace,
        Map<String, String> macAddresses) {
    /** A claim that changes nothing. */
    public static final ClaimRequest NOTHING =
            new ClaimRequest(Optional.empty(), Optional.empty(), Map.of(), List.of(), false);

    /** A claim by a user, whose guest has its own MAC addresses. */
    public ClaimRequest(
            Optional<String> lease,
            Optional<String> hostname,
            Map<String, String> variables,
            List<String> authorizedKeys,
            boolean workspace) {
        this(lease, hostname, variables, authorizedKeys, workspace, Map.of());
    }

    public ClaimRequest {
        variables = Map.copyOf(variables);
        authorizedKeys = List.copyOf(authorizedKeys);
        macAddresses = Map.copyOf(macAddresses);
    }

    /** Return a copy that mounts the shared folder, or does not. */
    public ClaimRequest withWorkspace(boolean hasWorkspace) {
        return new ClaimRequest(lease, hostname, variables, authorizedKeys, hasWorkspace, macAddresses);
    }

    /** Return a copy for a lease. */
    public ClaimRequest withLease(String newLease) {
        return new ClaimRequest(Optional.of(newLease), hostname, variables, authorizedKeys, workspace, macAddresses);
    }

    /** Return a copy that gives the guest the identity of a slot in place of another's. */
    ClaimRequest withIdentity(PoolSlot slot, Map<String, String> newMacAddresses) {
        return new ClaimRequest(lease, Optional.of(slot.name()), variables, authorizedKeys, workspace, newMacAddresses);
    }

    /** Return a copy with other MAC addresses to replace. */
    ClaimRequest withMacAddresses(Map<String, String> newMacAddresses) {
        return new ClaimRequest(lease, hostname, variables, authorizedKeys, workspace, newMacAddresses);
    }

    /** Return a copy that sets a hostname unless it sets one. */
    public ClaimRequest withDefaultHostname(String name) {
        return new ClaimRequest(
                lease, hostname.or(() -> Optional.of(name)), variables, authorizedKeys, workspace, macAddresses);
    }

    /** Return the message for the agent in the guest. */
    LeaseClaim toMessage(Instant time) {
        var claim = LeaseClaim.at(time).withVariables(variables).withAuthorizedKeys(authorizedKeys);
        var leased = lease.map(id -> claim.withLease(LeaseMark.of(id))).orElse(claim);
        var named = hostname.map(leased::withHostname).orElse(leased);
        var identified = named.withMacAddresses(macAddresses);
        return workspace ? identified.withWorkspace(Workspace.TAG) : identified;
    }

    /** Return a text without the variables and keys, which may be secret. */
    @Override
    public String toString() {
        return "Claiming" + hostname;
    }
}
