package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.TerminalSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A session with Paddock's agent in a guest over one port. {@code agent.h} explains the protocol. */
public final class AgentSession implements GuestAgent {
    private static final int NONCE = 16;
    private static final int TOKEN = 8;
    private static final byte[] NOTHING = {};

    /** The agent's answer to a command of a lease other than the one it is claimed for. */
    private static final String LEASE_ENDED = "the lease has ended";

    /** The time that the guest gets beyond a time limit to end the command and report it. */
    private static final Duration OVERTIME = Duration.ofSeconds(10);

    /** How long a busy guest may take for a request that it handles at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GuestPort port;
    private final FrameReader frames;
    private final FrameWriter writing;
    private final Map<String, String> facts;
    private final Optional<LeaseMark> lease;
    private volatile boolean running;

    private AgentSession(
            GuestPort port,
            FrameReader frames,
            FrameWriter writing,
            Map<String, String> facts,
            Optional<LeaseMark> lease) {
        this.port = port;
        this.frames = frames;
        this.writing = writing;
        this.facts = facts;
        this.lease = lease;
    }

    /** Greet the agent at a port, which then belongs to the session. Waits indefinitely for an answer. */
    public static AgentSession open(GuestPort port) {
        return open(port, Optional.empty());
    }

    /** Greet an agent that only starts commands for a lease. */
    public static AgentSession open(GuestPort port, Optional<LeaseMark> lease) {
        var nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        var writing = new FrameWriter(port);
        writing.fill();
        writing.send(AgentFrame.HELLO, nonce, 0, nonce.length);
        var frames = new FrameReader(port);
        frames.seek(nonce);
        var welcome = frames.next();
        if (welcome.kind() != AgentFrame.WELCOME) {
            throw FrameReader.garbled("no welcome");
        }
        return new AgentSession(port, frames, writing, facts(welcome), lease);
    }

    private static Map<String, String> facts(AgentFrame welcome) {
        return new String(welcome.buffer(), welcome.offset(), welcome.length(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> first));
    }

    /** Return an ID that differs with each boot of the guest; empty if the guest does not report one. */
    public String boot() {
        return facts.getOrDefault("boot", "");
    }

    @Override
    public ExitStatus run(GuestCommand command, CommandStreams streams) throws IOException {
        var input = new GuestInput(writing);
        start(AgentRequest.run(command, streams.input().isPresent()));
        if (streams.input().isPresent()) {
            // The thread may outlive the command because it blocks on its next byte, so nothing waits for it.
            var unused = feed(streams.input().get()::transferTo, input);
        }
        var output = new GuestOutput(frames, input, streams.errors());
        if (command.limit().isEmpty()) {
            return watch(input, output, streams.output());
        }
        try (var patience = GuestWatchdog.withCommand(command.limit().get().plus(OVERTIME), port::close)) {
            return patience.during(() -> watch(input, output, streams.output()));
        }
    }

    @Override
    public ExitStatus get(String path, Optional<String> user, Receiver receiver, OutputStream errors)
            throws IOException {
        var input = new GuestInput(writing);
        start(AgentRequest.copy("get", user, path));
        var output = new GuestOutput(frames, input, errors);
        receiver.receive(output);
        return watch(input, output, OutputStream.nullOutputStream());
    }

    @Override
    public ExitStatus put(String path, String name, Optional<String> user, Sender sender, OutputStream errors)
            throws IOException {
        var input = new GuestInput(writing);
        start(AgentRequest.copy("put", user, path, name));
        var fed = feed(sender, input);
        var ending = watch(input, new GuestOutput(frames, input, errors), OutputStream.nullOutputStream());
        var failure = fed.join();
        if (failure.isPresent() && ending.equals(new ExitStatus.Exited(0))) {
            throw failure.get();
        }
        return ending;
    }

    @Override
    public void claim(LeaseClaim claim) {
        var request = AgentRequest.claim(claim);
        try {
            perform(request, PATIENCE);
        } finally {
            Arrays.fill(request, (byte) 0);
        }
    }

    @Override
    public void settle(Duration timeout) {
        perform(AgentRequest.settle(timeout), timeout.plus(PATIENCE));
    }

    /** Have the agent itself do something that is part of a claim. */
    private void perform(byte[] request, Duration timeout) {
        try (var patience = GuestWatchdog.withAnswer(timeout, port::close)) {
            var ending = patience.during(() -> {
                writing.sendAll(AgentFrame.REQUEST, request);
                writing.send(AgentFrame.RUN, NOTHING, 0, 0);
                return GuestOutput.ending(frames.next());
            });
            if (ending instanceof ExitStatus.NotStarted refused) {
                throw new GuestException(Diagnostic.error(
                        Code.GUEST_NOT_CLAIMED,
                        "The guest says: " + refused.reason() + ".",
                        "Give the guest to nobody, as it may be claimed in part. Its image has to be one that this"
                                + " paddock built."));
            }
        }
    }

    @Override
    public void ping() {
        var token = new byte[TOKEN];
        new SecureRandom().nextBytes(token);
        try (var patience = GuestWatchdog.withAnswer(PATIENCE, port::close)) {
            var pong = patience.during(() -> {
                writing.send(AgentFrame.PING, token, 0, token.length);
                return frames.next();
            });
            if (pong.kind() != AgentFrame.PONG || !pong.holds(token)) {
                throw FrameReader.garbled("no answer to a ping");
            }
        }
    }

    /** Send input to a command on a separate thread. The result is the error, if any. */
    private static CompletableFuture<Optional<IOException>> feed(Sender sender, GuestInput input) {
        var fed = new CompletableFuture<Optional<IOException>>();
        Thread.ofPlatform().daemon().name("guest-input").start(() -> {
            try (input) {
                sender.send(input);
                fed.complete(Optional.empty());
            } catch (IOException failure) {
                fed.complete(Optional.of(failure));
            } catch (RuntimeException failure) {
                fed.completeExceptionally(failure);
            }
        });
        return fed;
    }

    private ExitStatus watch(GuestInput input, GuestOutput output, OutputStream to) throws IOException {
        try {
            var ending = output.copyTo(to);
            if (lease.isPresent()
                    && ending instanceof ExitStatus.NotStarted refused
                    && refused.reason().equals(LEASE_ENDED)) {
                throw GuestException.leaseEnded();
            }
            return ending;
        } finally {
            running = false;
            input.abandon();
        }
    }

    private void start(byte[] request) {
        writing.sendAll(AgentFrame.REQUEST, request);
        lease.ifPresent(mark -> writing.sendAll(AgentFrame.REQUEST, AgentRequest.of(mark)));
        running = true;
        writing.send(AgentFrame.RUN, NOTHING, 0, 0);
    }

    @Override
    public void signal(int number) {
        if (running) {
            writing.send(AgentFrame.SIGNAL, new byte[] {(byte) number}, 0, 1);
        }
    }

    @Override
    public void resize(TerminalSize size) {
        if (running) {
            var rows = size.rows();
            var columns = size.columns();
            byte[] bytes = {(byte) (rows >> 8), (byte) rows, (byte) (columns >> 8), (byte) columns};
            writing.send(AgentFrame.WINDOW, bytes, 0, bytes.length);
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
