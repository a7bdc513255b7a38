package dev.paddock.host.guest;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What prepares a guest for a lease: everything that must differ from another VM resumed from the same snapshot. The
 * guest also generates a new machine-id, and starts {@code /usr/lib/paddock/claim}, if it exists, in the background.
 *
 * <p>A guest may be claimed again; the last claim counts. A claim without secrets right after the restore checks that
 * the guest can be claimed, and speeds up the next claim on emulated VMs.
 *
 * @param lease the lease that the guest then works for; for none if empty
 * @param hostname unchanged if empty
 * @param entropy unique to this claim, 32 to 512 bytes; seeds the guest's random numbers
 * @param now the time to set the guest's clock to, which stood still since the snapshot
 * @param variables the environment of every later command; may be secret, and are kept only in the guest's memory
 * @param authorizedKeys lines for root's {@code authorized_keys}, in addition to those of the image
 * @param workspaceTag the shared folder to mount at {@code /workspace}; none if empty
 * @param macAddresses the MAC addresses to replace, each with the one that replaces it, where the guest continues from
 *     the memory of another; the image then requests network addresses anew
 * @param continues whether the guest goes on with what it did, so the variables of its last claim stay
 */
@SuppressWarnings("ArrayRecordComponent") // Copied in and out; claims are never compared.
public record LeaseClaim(
        Optional<LeaseMark> lease,
        Optional<String> hostname,
        byte[] entropy,
        Instant now,
        Map<String, String> variables,
        List<String> authorizedKeys,
        Optional<String> workspaceTag,
        Map<String, String> macAddresses,
        boolean continues) {
    private static final int ENTROPY = 64;
    private static final int LEAST_ENTROPY = 32;
    private static final int MOST_ENTROPY = 512;

    /** The limit of a single string for a program (MAX_ARG_STRLEN of Linux), which has to leave room for others. */
    private static final int MOST_OF_VARIABLES = 128 * 1024 - 1;

    private static final Pattern HOSTNAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern KEY = Pattern.compile("\\P{Cntrl}{1,16384}");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]{1,31}");

    /** @throws IllegalArgumentException if a guest could not handle it; the message contains no value of a variable */
    public LeaseClaim {
        entropy = entropy.clone();
        variables = Map.copyOf(variables);
        authorizedKeys = List.copyOf(authorizedKeys);
        macAddresses = Map.copyOf(macAddresses);
        require(entropy.length >= LEAST_ENTROPY && entropy.length <= MOST_ENTROPY, "Entropy is 32 to 512 bytes.");
        hostname.ifPresent(name -> require(HOSTNAME.matcher(name).matches(), "This is no hostname: " + name));
        for (var variable : variables.entrySet()) {
            require(VARIABLE.matcher(variable.getKey()).matches(), "This names no variable: " + variable.getKey());
            require(variable.getValue().indexOf('\0') < 0, "There is a zero byte in " + variable.getKey() + ".");
        }
        require(size(variables) <= MOST_OF_VARIABLES, "Variables take 128 KiB at most, names and all.");
        for (var key : authorizedKeys) {
            require(KEY.matcher(key).matches(), "A key is one line.");
        }
        for (var pair : macAddresses.entrySet()) {
            require(
                    MAC.matcher(pair.getKey()).matches()
                            && MAC.matcher(pair.getValue()).matches(),
                    "This is no MAC address: " + pair.getKey() + " or " + pair.getValue());
        }
        workspaceTag.ifPresent(tag -> require(TAG.matcher(tag).matches(), "This tags no shared folder: " + tag));
    }

    /** Return a claim with fresh entropy and only the mandatory parts. */
    public static LeaseClaim at(Instant now) {
        var entropy = new byte[ENTROPY];
        new SecureRandom().nextBytes(entropy);
        return new LeaseClaim(
                Optional.empty(),
                Optional.empty(),
                entropy,
                now,
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                false);
    }

    public LeaseClaim withLease(LeaseMark newLease) {
        return new LeaseClaim(
                Optional.of(newLease),
                hostname,
                entropy,
                now,
                variables,
                authorizedKeys,
                workspaceTag,
                macAddresses,
                continues);
    }

    public LeaseClaim withHostname(String newHostname) {
        return new LeaseClaim(
                lease,
                Optional.of(newHostname),
                entropy,
                now,
                variables,
                authorizedKeys,
                workspaceTag,
                macAddresses,
                continues);
    }

    public LeaseClaim withVariables(Map<String, String> newVariables) {
        return new LeaseClaim(
                lease, hostname, entropy, now, newVariables, authorizedKeys, workspaceTag, macAddresses, continues);
    }

    public LeaseClaim withAuthorizedKeys(List<String> newKeys) {
        return new LeaseClaim(lease, hostname, entropy, now, variables, newKeys, workspaceTag, macAddresses, continues);
    }

    public LeaseClaim withWorkspace(String newTag) {
        return new LeaseClaim(
                lease, hostname, entropy, now, variables, authorizedKeys, Optional.of(newTag), macAddresses, continues);
    }

    public LeaseClaim withMacAddresses(Map<String, String> newMacAddresses) {
        return new LeaseClaim(
                lease, hostname, entropy, now, variables, authorizedKeys, workspaceTag, newMacAddresses, continues);
    }

    /** Return a claim that leaves the variables as they are. */
    public LeaseClaim thatContinues() {
        return new LeaseClaim(
                lease, hostname, entropy, now, variables, authorizedKeys, workspaceTag, macAddresses, true);
    }

    @Override
    public byte[] entropy() {
        return entropy.clone();
    }

    private static int size(Map<String, String> variables) {
        return variables.entrySet().stream()
                .mapToInt(variable ->
                        variable.getKey().length() + variable.getValue().getBytes(StandardCharsets.UTF_8).length + 2)
                .sum();
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Return a text without anything that may be secret. */
    @Override
    public String toString() {
        return "Claim[hostname=%s, now=%s, variables=%s, workspaceTag=%s]"
                .formatted(hostname, now, variables.keySet(), workspaceTag);
    }
}
