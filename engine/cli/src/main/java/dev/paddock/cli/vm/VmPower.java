package dev.paddock.cli.vm;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code paddock vm start}, {@code stop}, {@code restart}, {@code pause} and {@code resume}. */
final class VmPower {
    static final String FORCE = "--force";
    static final String TIMEOUT = "--timeout";
    static final String PAUSED = "--paused";
    static final String WAIT = "--wait";

    /** Native calls cannot be interrupted, and no step may take longer than this, in seconds (see LibvirtWriter). */
    static final int LONGEST_SECONDS = 540;

    private final Invocation invocation;
    private final Console console;
    private final Kind kind;

    VmPower(Invocation invocation, Kind kind) {
        this.invocation = invocation;
        this.console = invocation.console();
        this.kind = kind;
    }

    int run(String verb, HostConnector hosts, String uri, List<String> names) throws CommandException {
        var patience = patience();
        try (var reader = hosts.reader(uri);
                var host = hosts.guests(uri)) {
            List<GuestStatus> guests = new ArrayList<>();
            for (var name : names) {
                guests.add(VmLookup.one(host, name));
            }
            try (var writer = hosts.writer(uri)) {
                var problems =
                        ParallelGuests.map(guests, guest -> handle(verb, guest, reader, writer, patience)).stream()
                                .flatMap(Optional::stream)
                                .toList();
                console.tell(problems);
                return ExitCode.of(problems);
            }
        }
    }

    private Optional<Duration> patience() throws CommandException {
        var text = invocation.value(TIMEOUT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("[0-9]{1,3}") || Integer.parseInt(text.get()) > LONGEST_SECONDS) {
            throw CommandException.usage(
                    "\"%s\" is no number of seconds from 0 to %d.".formatted(text.get(), LONGEST_SECONDS),
                    "Give for example " + TIMEOUT + " 120.");
        }
        return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
    }

    /** Return the problem; absent after success. */
    private Optional<Diagnostic> handle(
            String verb, GuestStatus guest, HostReader reader, HostWriter writer, Optional<Duration> patience) {
        var id = new ResourceId("vm", guest.name());
        var isActive = guest.state().isActive();
        try {
            var said =
                    switch (verb) {
                        case "start" -> isActive ? "runs already" : act(writer, starting(id), "started");
                        case "stop" ->
                            isActive ? act(writer, stopping(id, reader, patience), "stopped") : "was stopped already";
                        case "restart" -> {
                            if (isActive) {
                                act(writer, stopping(id, reader, patience), "stopped");
                            }
                            yield act(writer, starting(id), isActive ? "restarted" : "started");
                        }
                        case "pause" ->
                            guest.state() == GuestStatus.State.PAUSED
                                    ? "was paused already"
                                    : act(writer, new Action.Suspend(id), "paused");
                        case "resume" -> act(writer, new Action.Resume(id), "runs");
                        default -> throw new IllegalStateException("[%s] is unknown. This is a bug.".formatted(verb));
                    };
            console.tell(id + ": " + said + ".");
            if (invocation.has(WAIT)) {
                awaitReady(id, reader, writer);
            }
            return Optional.empty();
        } catch (HostException failure) {
            return Optional.of(problem(verb, id, failure));
        }
    }

    private String act(HostWriter writer, Action action, String done) {
        writer.perform(
                action, ProgressListener.inSentences(sentence -> console.tell(action.target() + ": " + sentence)));
        return done;
    }

    /** Waits until the VM is ready, as its metadata defines it. */
    private void awaitReady(ResourceId id, HostReader reader, HostWriter writer) {
        if (reader.read("vm", Optional.of(Set.of(id.name()))).get(id.name()) instanceof Observed.Present present) {
            LiveKind.of(kind)
                    .checks(new DesiredResource(id, present.defined(), DesiredState.ACTIVE, Optional.empty()))
                    .forEach(check -> act(writer, check, ""));
        }
    }

    private Action starting(ResourceId id) {
        return invocation.has(PAUSED) ? new Action.StartPaused(id) : new Action.Start(id);
    }

    /** The VM's declaration provides what the command line leaves open. */
    private Action stopping(ResourceId id, HostReader reader, Optional<Duration> patience) {
        var own = reader.read("vm", Optional.of(Set.of(id.name()))).get(id.name()) instanceof Observed.Present present
                ? LiveKind.of(kind).stop(id, present)
                : new Action.Shutdown(id, Duration.ofSeconds(60), false);
        return switch (own) {
            case Action.Shutdown shutdown ->
                new Action.Shutdown(
                        id, patience.orElse(shutdown.patience()), invocation.has(FORCE) || shutdown.force());
            case Action other -> other;
        };
    }

    private static Diagnostic problem(String verb, ResourceId id, HostException failure) {
        var told = CommandException.of(failure).diagnostics().getFirst();
        if (failure.failure() != HostException.Failure.REFUSED) {
            return told;
        }
        if (failure.told().isPresent()) {
            return Diagnostic.error(
                    failure.told().get(),
                    id + ": " + failure.reason(),
                    failure.advice().orElse("paddock vm log " + id.name() + " tells more of it."));
        }
        var ending = verb.equals("stop") || verb.equals("restart");
        return Diagnostic.error(
                Code.HOST_REFUSED,
                id + " could not be " + participle(verb) + ": " + failure.reason()
                        + (failure.code() == 0 ? "" : " (libvirt error " + failure.code() + ")"),
                failure.advice()
                        .orElse(
                                ending
                                        ? "To give it longer, use " + TIMEOUT + " SECONDS; to cut its power when it has"
                                                + " not shut down by then, which loses what it has not written, "
                                                + FORCE + "."
                                        : "paddock vm info and paddock vm log tell more of it."));
    }

    private static String participle(String verb) {
        return switch (verb) {
            case "stop" -> "stopped";
            default -> verb.endsWith("e") ? verb + "d" : verb + "ed";
        };
    }
}
