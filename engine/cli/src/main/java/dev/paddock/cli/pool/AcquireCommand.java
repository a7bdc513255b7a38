package dev.paddock.cli.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.guest.CommandOptions;
import dev.paddock.cli.guest.CopyTransfer;
import dev.paddock.cli.guest.DurationOption;
import dev.paddock.cli.guest.ExecSession;
import dev.paddock.cli.poolclient.GuestName;
import dev.paddock.cli.poolclient.PathEncoder;
import dev.paddock.cli.poolclient.PoolClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock acquire}: leases a clean VM; with a command, for as long as the command runs. */
public final class AcquireCommand implements Subcommand {
    private static final String ID = "--id";
    private static final String FOR = "--for";
    private static final String WAIT = "--wait";
    private static final String REQUEST = "--request-id";
    private static final String HOSTNAME = "--hostname";
    private static final String VARIABLES = "--variables";
    private static final String KEY = "--authorized-key";
    private static final String PUT = "--put";
    private static final String GET = "--get";

    /** The time in which a VM that was just leased, or a pool server that restarts, has to respond. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Acquire a clean VM from a pool, and print the lease as JSON. With a command, paddock acquire POOL"
                                + " [OPTION...] -- COMMAND [ARGUMENT...]: run it in the guest as exec does, and give the"
                                + " guest back, also on Ctrl-C.");
        spec.addPositional(OptionSpecs.parameter("POOL", 0, "1", "The pool."));
        spec.addOption(OptionSpecs.value("DURATION", "For how long: 90s, 15m, 2h; the pool's lease by default.", FOR));
        spec.addOption(OptionSpecs.value("DURATION", "How long to wait for a guest when none is ready.", WAIT));
        spec.addOption(OptionSpecs.value("ID", "Asking again with the same gives the same lease.", REQUEST));
        spec.addOption(OptionSpecs.value("NAME", "What the guest calls itself.", HOSTNAME));
        spec.addOption(OptionSpecs.value(
                "FILE", "Variables of all that is run in the guest, NAME=VALUE a line; may be secret.", VARIABLES));
        spec.addOption(OptionSpecs.value("FILE", "Public keys that may log in by SSH.", KEY));
        spec.addOption(OptionSpecs.values("LOCAL:PATH", "Copy this into the guest before the command runs.", PUT));
        spec.addOption(OptionSpecs.values("PATH:LOCAL", "Copy this out of the guest when the command has ended.", GET));
        spec.addOption(OptionSpecs.flag("Print the id of the lease alone.", ID));
        CommandOptions.addTo(spec);
        return spec;
    }

    @Override
    public Map<String, List<String>> ownShorthands() {
        return CommandOptions.SHORTHANDS;
    }

    @Override
    public boolean takesCommand() {
        return true;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var hasNoCommand = invocation.command().isEmpty();
        if (hasNoCommand
                && !(invocation.values(PUT).isEmpty() && invocation.values(GET).isEmpty())) {
            throw CommandException.usage(
                    "Nothing is copied without a command to run.", "Use paddock cp with the lease, or add -- COMMAND.");
        }
        var body = body(invocation);
        var client = PoolClient.of(invocation);
        var lease = client.ask(
                "POST",
                "/v1/pools/" + PathEncoder.encode(invocation.parameters().getFirst()) + "/leases",
                body);
        if (hasNoCommand) {
            invocation.console().print(invocation.has(ID) ? lease.path("id").asText() : lease.toString());
            return ExitCode.OK;
        }
        return runInGuest(invocation, client, lease);
    }

    private static int runInGuest(Invocation invocation, PoolClient client, JsonNode lease) throws CommandException {
        try (var renewal = LeaseRenewal.start(client, lease)) {
            var uri = invocation.hostUri();
            var guest = GuestName.leased(
                    lease.path("guest").asText(), lease.path("id").asText());
            for (var pair : invocation.values(PUT)) {
                var parts = parts(pair, PUT);
                copy(uri).put(Path.of(parts.getFirst()), guest, parts.getLast());
            }
            var exitCode =
                    ExecSession.run(invocation, uri, guest, CommandOptions.command(invocation), RESPONSE_TIMEOUT);
            for (var pair : invocation.values(GET)) {
                var parts = parts(pair, GET);
                copy(uri).get(guest, parts.getFirst(), Path.of(parts.getLast()));
            }
            renewal.stop();
            return exitCode;
        } finally {
            release(invocation, client, lease);
        }
    }

    private static CopyTransfer copy(String uri) {
        return new CopyTransfer(uri, Optional.empty(), RESPONSE_TIMEOUT);
    }

    /** Release the lease. The location of the results goes to the messages, as the output belongs to the command. */
    private static void release(Invocation invocation, PoolClient client, JsonNode lease) throws CommandException {
        var released = client.askUntilAvailable(
                "DELETE", "/v1/leases/" + PathEncoder.encode(lease.path("id").asText()), "", RESPONSE_TIMEOUT);
        var results = released.path("results").asText();
        if (!results.isEmpty()) {
            invocation.console().tell("Its results are in " + results);
        }
        PoolCommand.reportLeftOut(invocation, released);
    }

    private static List<String> parts(String pair, String option) throws CommandException {
        var colon = option.equals(PUT) ? pair.lastIndexOf(':') : pair.indexOf(':');
        if (colon <= 0 || colon == pair.length() - 1) {
            throw CommandException.usage(
                    "\"%s %s\" does not say from where to where.".formatted(option, pair),
                    option.equals(PUT) ? "Write --put src:/work/src." : "Write --get /work/report:report.");
        }
        return List.of(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String body(Invocation invocation) throws CommandException {
        var body = JsonNodeFactory.instance.objectNode();
        invocation.value(REQUEST).ifPresent(id -> body.put("requestId", id));
        invocation.value(HOSTNAME).ifPresent(name -> body.put("hostname", name));
        seconds(invocation, FOR).ifPresent(time -> body.put("seconds", time));
        seconds(invocation, WAIT).ifPresent(time -> body.put("waitSeconds", time));
        var variablesFile = invocation.value(VARIABLES);
        if (variablesFile.isPresent()) {
            var variables = body.putObject("variables");
            for (var line : lines(variablesFile.get())) {
                var equals = line.indexOf('=');
                if (equals <= 0) {
                    throw CommandException.usage(
                            "A line of %s is no NAME=VALUE.".formatted(variablesFile.get()),
                            "Write one variable a line.");
                }
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        var keys = invocation.value(KEY);
        if (keys.isPresent()) {
            lines(keys.get()).forEach(body.putArray("authorizedKeys")::add);
        }
        return body.toString();
    }

    private static Optional<Long> seconds(Invocation invocation, String option) throws CommandException {
        var text = invocation.value(option);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(DurationOption.required(text.get()).toSeconds());
    }

    private static List<String> lines(String file) throws CommandException {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException | IllegalArgumentException failure) {
            throw CommandException.failure(Diagnostic.error(
                    Code.FILE_UNREADABLE,
                    "The file %s cannot be read: %s.".formatted(file, failure.getMessage()),
                    "Give the path of a file that you can read."));
        }
    }
}
