package dev.paddock.cli.reach;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.report.PlanReport;
import dev.paddock.host.image.FileDigests;
import dev.paddock.reach.firewall.Firewall;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.policy.BackendNames;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.Endpoints;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.policy.OutcomeNames;
import dev.paddock.reach.probe.PacketTest;
import dev.paddock.session.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock reach}: what VMs can reach, and who can reach them. */
public final class ReachCommand implements Subcommand {
    private static final String AGAINST = "--against";
    private static final String HTML = "--html";
    private static final String PROVE = "--prove";
    private static final String PARAMETER = "--parameter";
    private static final String BACKEND = "--backend";
    private static final int MOST_WORDS = 3;

    private final Supplier<HostConnector> hosts;

    public ReachCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Tell what guests can reach, and who can reach them: paddock reach PLAYBOOK... [FROM [TO [TRAFFIC]]]")
                .footer(
                        "",
                        "FROM and TO: a guest (vm/dev), the guests of a pool (pool/agents), a filter at a network",
                        "(agent-network-filter@agent-nat-filtered, or @agent-isolated for none), gateway, host, guests, internet, or an address.",
                        "TRAFFIC: tcp/443, udp/53 or ping.");
        spec.addPositional(
                OptionSpecs.parameters("WHAT", "0..*", "Playbooks, and then who speaks to whom about what."));
        PlaybookOptions.addVariables(spec);
        spec.addOption(OptionSpecs.value(
                "WHAT",
                "live: look at what libvirt has now; with playbooks, tell in which cells it does something else than they"
                        + " declare and expect.",
                AGAINST));
        spec.addOption(OptionSpecs.values(
                "NAME=VALUE", "A value for a variable of the filter, where FROM is a filter at a network.", PARAMETER));
        spec.addOption(OptionSpecs.value(
                "NAME",
                "iptables or nftables: what implements filters. Tells in which cells that lets pass something else than"
                        + " what the host has.",
                BACKEND));
        spec.addOption(OptionSpecs.value("FILE", "Write the matrices as a page to this file as well.", HTML));
        spec.addOption(OptionSpecs.flag(
                "Send the packets in a lab of its own as well, and report where they differ from the evaluation.",
                PROVE));
        return spec;
    }

    /** The question on the command line. */
    private record Question(List<String> playbooks, List<String> words) {
        static Question of(Invocation invocation) throws CommandException {
            List<String> playbooks = new ArrayList<>();
            List<String> words = new ArrayList<>();
            for (var parameter : invocation.parameters()) {
                (parameter.endsWith(".yaml") || parameter.endsWith(".yml") ? playbooks : words).add(parameter);
            }
            if (words.size() > MOST_WORDS) {
                throw CommandException.usage(
                        "'" + words.get(MOST_WORDS) + "' is one word too many, and no playbook, which end in .yaml.",
                        "Write: paddock reach PLAYBOOK... [FROM [TO [TRAFFIC]]].");
            }
            return new Question(playbooks, words);
        }
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var question = Question.of(invocation);
        if (invocation.value(AGAINST).isPresent()) {
            return live(invocation, question);
        }
        if (question.playbooks().isEmpty()) {
            throw CommandException.usage(
                    "There is no playbook to look at.",
                    "Name one, which ends in .yaml, or look at a host with --against live.");
        }
        var bound = bind(invocation, question);
        var shown = new Invocation(
                invocation.parsed(),
                invocation.command(),
                invocation.globals(),
                invocation.console().withSecrets(bound.secrets()));
        NetworkTopology landscape = NetworkTopology.declared(bound.resources());
        var uri = invocation.uri();
        if (uri.isPresent()) {
            try (var reader = hosts.get().reader(uri.get())) {
                return answer(shown, landscape.over(reader), question);
            } catch (HostException failure) {
                throw CommandException.of(failure);
            }
        }
        return answer(shown, landscape, question);
    }

    private int live(Invocation invocation, Question question) throws CommandException {
        if (!invocation.value(AGAINST).filter("live"::equals).isPresent()) {
            throw CommandException.usage("--against takes the word live.", "Write: --against live.");
        }
        if (!question.playbooks().isEmpty()) {
            return new LiveComparison(hosts.get(), invocation).of(bind(invocation, question));
        }
        try (var reader = hosts.get().reader(invocation.hostUri())) {
            return answer(invocation, NetworkTopology.live(reader), question);
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    private BindResult bind(Invocation invocation, Question question) throws CommandException {
        var bound = new Binder(
                        Kinds.all(), FileDigests.ofUser()::sha256, hosts.get().names())
                .bind(PlaybookOptions.request(invocation, question.playbooks()));
        if (bound.hasErrors()) {
            throw new CommandException(ExitCode.FAILURE, bound.diagnostics());
        }
        return bound;
    }

    private int answer(Invocation invocation, NetworkTopology found, Question question) throws CommandException {
        var other = backend(invocation);
        if (other.isPresent() && question.words().size() < 2 && !invocation.has(PROVE)) {
            return BackendSwitch.of(
                    invocation,
                    found,
                    found.by(other.get()),
                    question.words().stream().findFirst());
        }
        var landscape = other.map(found::by).orElse(found);
        var standpoints = new Endpoints(landscape);
        var parameters = parameters(invocation);
        if (question.words().size() > 1) {
            var explanation = ReachExplanation.of(standpoints, parameters, question.words());
            if (invocation.globals().output() == Format.JSON) {
                Map<String, Object> report = new LinkedHashMap<>();
                report.put("format_version", PlanReport.FORMAT);
                report.putAll(explanation.report());
                invocation.console().printJson(report);
            } else {
                explanation.lines(invocation.console().outputPaint()).forEach(invocation.console()::print);
                if (isWorthTelling(landscape.backend())) {
                    invocation.console().print(BackendNames.sentence(landscape.backend()));
                }
            }
            return ExitCode.OK;
        }
        return matrices(invocation, landscape, chosen(standpoints, parameters, question));
    }

    private static Optional<FilterBackend> backend(Invocation invocation) throws CommandException {
        var word = invocation.value(BACKEND);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(BackendNames.named(word.get())
                .orElseThrow(() -> CommandException.usage(
                        "'" + word.get() + "' is nothing that libvirt has filters carried out by.",
                        "Write: --backend iptables, or --backend nftables.")));
    }

    private static List<Endpoint> chosen(Endpoints standpoints, Map<String, List<String>> parameters, Question question)
            throws CommandException {
        if (!question.words().isEmpty()) {
            var name = question.words().getFirst();
            return List.of(standpoints.named(name, parameters).orElseThrow(() -> unknown(name, standpoints)));
        }
        var all = standpoints.all();
        if (all.isEmpty()) {
            throw CommandException.failure(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "There is no guest on a network, and no network, to look at.",
                    "Declare a network, or look at another playbook or host."));
        }
        return all;
    }

    public static CommandException unknown(String name, Endpoints standpoints) {
        var names = standpoints.all().stream().map(Endpoint::name).toList();
        return CommandException.failure(Diagnostic.error(
                Code.NOTHING_SELECTED,
                "There is no guest, and no filter at a network, that is called '" + name + "'.",
                Suggestion.nearest(name, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("There are: " + String.join(", ", names) + ".")));
    }

    private int matrices(Invocation invocation, NetworkTopology landscape, List<Endpoint> standpoints)
            throws CommandException {
        Map<Endpoint, ReachMatrix> matrices = new LinkedHashMap<>();
        List<Diagnostic> refused = new ArrayList<>();
        for (var standpoint : standpoints) {
            switch (standpoint.setting().settled()) {
                case FirewallBuild.Ready ready -> matrices.put(standpoint, matrix(standpoint, ready.firewall()));
                case FirewallBuild.Learning learning ->
                    throw new IllegalStateException("An address is learned twice. This is a bug in this tool.");
                case FirewallBuild.Refused why ->
                    refused.add(Diagnostic.error(
                            Code.FILTER_UNUSABLE,
                            "libvirt could not carry out the filter of " + standpoint.name() + ". " + why.reason(),
                            "Declare what is missing, or give the variables values."));
            }
        }
        Map<Endpoint, PacketTest.Result> proofs =
                invocation.has(PROVE) ? new PacketTestLab(hosts.get(), landscape).of(invocation, matrices) : Map.of();
        var console = invocation.console();
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            List<Object> list = new ArrayList<>();
            matrices.forEach((standpoint, matrix) ->
                    list.add(MatrixReport.of(standpoint, matrix, Optional.ofNullable(proofs.get(standpoint)))));
            report.put("matrices", list);
            report.put("backend", MatrixReport.backend(landscape.backend()));
            report.put(
                    "diagnostics", refused.stream().map(PlanReport::diagnostic).toList());
            console.printJson(report);
        } else {
            matrices.forEach((standpoint, matrix) -> {
                MatrixText.of(standpoint, matrix, console.outputPaint()).forEach(console::print);
                console.print("");
                Optional.ofNullable(proofs.get(standpoint))
                        .ifPresent(proof -> MatrixText.of(proof).forEach(console::print));
            });
            if (!matrices.isEmpty()) {
                console.print(OutcomeNames.LEGEND);
                console.print(BackendNames.sentence(landscape.backend()));
            }
            console.tell(refused);
        }
        if (invocation.value(HTML).isPresent()) {
            write(PlaybookOptions.path(invocation.value(HTML).get()), MatrixPage.of(matrices));
        }
        var differs =
                proofs.values().stream().anyMatch(proof -> !proof.differences().isEmpty());
        return refused.isEmpty() && !differs ? ExitCode.OK : ExitCode.FAILURE;
    }

    /** Without a host, the usual backend needs no mention. */
    private static boolean isWorthTelling(FilterBackend backend) {
        return backend.isKnown() || backend.kind() == FilterBackend.Kind.NFTABLES;
    }

    private static ReachMatrix matrix(Endpoint standpoint, Firewall firewall) {
        return ReachMatrix.of(
                standpoint.setting().scene(firewall), standpoint.setting().traffic());
    }

    private static void write(Path file, String page) throws CommandException {
        try {
            Files.writeString(file, page);
        } catch (IOException failure) {
            throw CommandException.failure(Diagnostic.error(
                    Code.FILE_UNWRITABLE,
                    "The file " + file + " cannot be written: " + failure.getMessage() + ".",
                    "Name another file with --html."));
        }
    }

    private static Map<String, List<String>> parameters(Invocation invocation) throws CommandException {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (var text : invocation.values(PARAMETER)) {
            var equals = text.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage(
                        "--parameter takes NAME=VALUE.", "Write for example --parameter GATEWAY=192.168.101.1.");
            }
            parameters
                    .computeIfAbsent(text.substring(0, equals), name -> new ArrayList<>())
                    .add(text.substring(equals + 1));
        }
        return parameters;
    }
}
