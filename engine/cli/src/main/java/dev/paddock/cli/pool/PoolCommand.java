package dev.paddock.cli.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.console.TextTable;
import dev.paddock.cli.guest.DurationOption;
import dev.paddock.cli.poolclient.PathEncoder;
import dev.paddock.cli.poolclient.PoolClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock pool}: shows pools and leases, and acquires, extends and releases VMs. */
public final class PoolCommand implements Subcommand {
    private static final List<String> VERBS =
            List.of("list", "status", "acquire", "release", "extend", "drain", "states", "forget", "logs");
    private static final String FOR = "--for";
    private static final String OFF = "--off";
    private static final String DISCARD = "--discard";
    private static final String LEASES = "--leases";
    private static final String FOLLOW = "--follow";
    private static final int POLL_SECONDS = 30;

    private final AcquireCommand acquire = new AcquireCommand();

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Pools of clean VMs: their state, and leases from them. They are declared in"
                        + " playbooks, and kept by paddock serve.");
        spec.addSubcommand(
                "list",
                OptionSpecs.described("List the pools, or one's leases.")
                        .addOption(OptionSpecs.flag("List leases.", LEASES)));
        spec.addSubcommand("status", withParameter("POOL", "Show one pool with its guests.", "The pool."));
        spec.addSubcommand("acquire", acquire.spec());
        spec.addSubcommand(
                "release",
                withParameter(
                                "LEASE",
                                "Give a guest back. What it holds is gone with that, but for the results.",
                                "The lease.")
                        .addOption(OptionSpecs.flag("Want no results.", DISCARD)));
        spec.addSubcommand(
                "extend",
                withParameter("LEASE", "Keep a guest for longer, counted from now.", "The lease.")
                        .addOption(OptionSpecs.value(
                                "DURATION", "For how long: 90s, 15m, 2h; the pool's lease by default.", FOR)));
        spec.addSubcommand(
                "drain",
                withParameter(
                                "POOL",
                                "Lease nothing more from a pool, and remove its VMs as they are released.",
                                "The pool.")
                        .addOption(OptionSpecs.flag("Lease again.", OFF)));
        spec.addSubcommand(
                "states", withParameter("POOL", "List the states that paddock fork --keep kept.", "The pool."));
        spec.addSubcommand(
                "forget",
                withParameter(
                        "POOL/NAME", "Delete a state that was kept. Leases from it stay.", "The pool and the state."));
        spec.addSubcommand(
                "logs",
                OptionSpecs.described("Print what the pool server did lately.")
                        .addOption(OptionSpecs.flag("Go on printing what comes, until Ctrl-C.", FOLLOW, "-f")));
        return spec;
    }

    private static CommandSpec withParameter(String label, String text, String parameter) {
        return OptionSpecs.described(text).addPositional(OptionSpecs.parameter(label, 0, "1", parameter));
    }

    @Override
    public Map<String, List<String>> ownShorthands() {
        return acquire.ownShorthands();
    }

    @Override
    public boolean takesCommand() {
        return true;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock pool\" needs to know what to do.", "Use one of: " + String.join(", ", VERBS) + "."));
        var verb = inner.parsed().commandSpec().name();
        if (verb.equals("acquire")) {
            return acquire.run(inner);
        }
        if (!inner.command().isEmpty()) {
            throw CommandException.usage(
                    "\"paddock pool %s\" runs no program.".formatted(verb), "Use paddock acquire POOL -- COMMAND.");
        }
        var client = PoolClient.of(inner);
        switch (verb) {
            case "list" -> list(inner, client);
            case "status" -> status(inner, client.get("/v1/pools/" + name(inner)));
            case "release" -> release(inner, client);
            case "extend" -> {
                var lease = client.ask("POST", "/v1/leases/" + name(inner) + "/extend", duration(inner));
                print(
                        inner,
                        lease,
                        "It is yours until %s."
                                .formatted(lease.path("expiresAt").asText()));
            }
            case "drain" -> {
                var path = "/v1/pools/" + name(inner) + "/drain";
                var pool = client.ask(inner.has(OFF) ? "DELETE" : "POST", path, "");
                print(
                        inner,
                        pool,
                        inner.has(OFF)
                                ? "It leases again."
                                : "It leases nothing more; %d VMs are in use."
                                        .formatted(pool.path("leased").asInt()));
            }
            case "states" -> states(inner, client.get("/v1/pools/" + name(inner) + "/states"));
            case "forget" -> forget(inner, client);
            case "logs" -> logs(inner, client);
            default -> throw new IllegalStateException("[%s] is unknown. This is a bug.".formatted(verb));
        }
        return ExitCode.OK;
    }

    private static void states(Invocation invocation, JsonNode states) {
        if (invocation.globals().output() == Format.JSON) {
            invocation.console().print(states.toString());
            return;
        }
        table(states, columns("STATE", "name", "OWNER", "owner", "LEASE", "lease"))
                .forEach(invocation.console()::print);
    }

    private static void forget(Invocation invocation, PoolClient client) throws CommandException {
        var name = invocation.parameters().getFirst();
        var slash = name.indexOf('/');
        if (slash < 0) {
            throw CommandException.usage(
                    "\"" + name + "\" names no state.", "Give the pool and the state: paddock pool forget POOL/NAME.");
        }
        client.ask(
                "DELETE",
                "/v1/pools/" + PathEncoder.encode(name.substring(0, slash)) + "/states/"
                        + PathEncoder.encode(name.substring(slash + 1)),
                "");
        invocation.console().print("Deleted.");
    }

    private static String name(Invocation invocation) {
        return PathEncoder.encode(invocation.parameters().getFirst());
    }

    private static String duration(Invocation invocation) throws CommandException {
        var text = invocation.value(FOR);
        return text.isEmpty()
                ? ""
                : "{\"seconds\": " + DurationOption.required(text.get()).toSeconds() + "}";
    }

    private static void print(Invocation invocation, JsonNode tree, String text) {
        if (invocation.globals().output() == Format.JSON) {
            invocation.console().print(tree.toString());
        } else {
            invocation.console().print(text);
        }
    }

    static void release(Invocation invocation, PoolClient client) throws CommandException {
        var path = "/v1/leases/" + name(invocation) + (invocation.has(DISCARD) ? "?results=discard" : "");
        var released = client.ask("DELETE", path, "");
        var results = released.path("results").asText();
        print(invocation, released, results.isEmpty() ? "Released." : "Released; its results are in " + results);
        reportLeftOut(invocation, released);
    }

    /** Report files that were not copied to people; programs read them in the JSON output. */
    static void reportLeftOut(Invocation invocation, JsonNode released) {
        released.path("leftOut").forEach(name -> invocation
                .console()
                .tell("Not among them, as it is neither a file nor a folder: " + name.asText()));
    }

    private static void list(Invocation invocation, PoolClient client) throws CommandException {
        var listsLeases = invocation.has(LEASES);
        var tree = client.get(listsLeases ? "/v1/leases" : "/v1/pools");
        if (invocation.globals().output() == Format.JSON) {
            invocation.console().print(tree.toString());
            return;
        }
        var columns = listsLeases
                ? columns(
                        "LEASE",
                        "id",
                        "GUEST",
                        "guest",
                        "OWNER",
                        "owner",
                        "UNTIL",
                        "expiresAt",
                        "FORKED FROM",
                        "forkedFrom")
                : columns(
                        "POOL", "name", "READY", "ready", "LEASED", "leased", "MAKING", "making", "WARM", "warm", "MAX",
                        "max", "DRAINED", "drained");
        table(tree, columns).forEach(invocation.console()::print);
    }

    private static Map<String, String> columns(String... titlesAndKeys) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (var i = 0; i < titlesAndKeys.length; i += 2) {
            columns.put(titlesAndKeys[i], titlesAndKeys[i + 1]);
        }
        return columns;
    }

    private static List<String> table(JsonNode items, Map<String, String> columns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.copyOf(columns.keySet()));
        items.forEach(item -> rows.add(
                columns.values().stream().map(key -> text(item.path(key))).toList()));
        return TextTable.of(rows);
    }

    private static String text(JsonNode value) {
        return value.isBoolean() ? (value.booleanValue() ? "yes" : "no") : value.asText();
    }

    private static void status(Invocation invocation, JsonNode pool) {
        if (invocation.globals().output() == Format.JSON) {
            invocation.console().print(pool.toString());
            return;
        }
        pool.properties().forEach(entry -> {
            if (entry.getValue().isValueNode()) {
                invocation.console().print("%-15s %s".formatted(entry.getKey() + ":", text(entry.getValue())));
            }
        });
        if (!pool.path("guests").isEmpty()) {
            invocation.console().print("");
            table(pool.path("guests"), columns("GUEST", "name", "STATE", "state", "CLEAN SINCE (s)", "cleanSince"))
                    .forEach(invocation.console()::print);
        }
    }

    private static void logs(Invocation invocation, PoolClient client) throws CommandException {
        long after = 0;
        do {
            var events = client.get("/v1/events?after=" + after + "&wait=" + (after == 0 ? 0 : POLL_SECONDS));
            for (var event : events) {
                invocation
                        .console()
                        .print(invocation.globals().output() == Format.JSON ? event.toString() : line(event));
                after = event.path("number").asLong();
            }
            after = Math.max(after, 1);
            invocation.console().flush();
        } while (invocation.has(FOLLOW));
    }

    private static String line(JsonNode event) {
        var line = new StringBuilder();
        line.append(event.path("time").asText())
                .append(' ')
                .append(event.path("event").asText());
        event.properties().forEach(entry -> {
            if (!List.of("number", "time", "event").contains(entry.getKey())) {
                line.append(' ').append(entry.getKey()).append('=').append(text(entry.getValue()));
            }
        });
        return line.toString();
    }
}
