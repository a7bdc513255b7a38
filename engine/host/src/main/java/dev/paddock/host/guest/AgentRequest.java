package dev.paddock.host.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Requests to the agent: strings, each with a letter before it and a zero byte after it, as {@code request.c} parses
 * them.
 */
final class AgentRequest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private AgentRequest() {}

    static byte[] run(GuestCommand command, boolean input) {
        var request = new AgentRequest().with('V', "run");
        command.arguments().forEach(argument -> request.with('A', argument));
        command.environment().forEach((name, value) -> request.with('E', name + "=" + value));
        command.folder().ifPresent(folder -> request.with('C', folder));
        command.user().ifPresent(user -> request.with('U', user));
        command.limit().ifPresent(limit -> request.with('T', Long.toString(Math.max(1, limit.toMillis()))));
        command.terminal().ifPresent(size -> request.with('P', size.rows() + " " + size.columns()));
        return (input ? request.with('I', "") : request).bytes.toByteArray();
    }

    /** @param verb get or put */
    static byte[] copy(String verb, Optional<String> user, String... arguments) {
        var request = new AgentRequest().with('V', verb);
        for (var argument : arguments) {
            request.with('A', argument);
        }
        user.ifPresent(name -> request.with('U', name));
        return (verb.equals("put") ? request.with('I', "") : request).bytes.toByteArray();
    }

    /** Return the part that binds a request to a lease. */
    static byte[] of(LeaseMark lease) {
        return new AgentRequest().with('L', lease.text()).bytes.toByteArray();
    }

    static byte[] claim(LeaseClaim claim) {
        var now = claim.now();
        var request = new AgentRequest()
                .with('V', "claim")
                .with('R', HexFormat.of().formatHex(claim.entropy()))
                .with('N', now.getEpochSecond() + " " + now.getNano());
        claim.lease().ifPresent(lease -> request.with('L', lease.text()));
        claim.hostname().ifPresent(name -> request.with('H', name));
        claim.variables().forEach((name, value) -> request.with('E', name + "=" + value));
        claim.authorizedKeys().forEach(key -> request.with('K', key));
        claim.workspaceTag().ifPresent(tag -> request.with('W', tag));
        if (claim.continues()) {
            request.with('F', "");
        }
        claim.macAddresses().forEach((from, to) -> request.with('M', from + " " + to));
        return request.bytes.toByteArray();
    }

    /** Return the request to wait until the network is as it was before a claim changed it. */
    static byte[] settle(Duration timeout) {
        return new AgentRequest()
                .with('V', "settle")
                .with('T', Long.toString(timeout.toMillis()))
                .bytes
                .toByteArray();
    }

    private AgentRequest with(char letter, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("No argument, variable or path can have a zero byte in it.");
        }
        bytes.write(letter);
        bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return this;
    }
}
