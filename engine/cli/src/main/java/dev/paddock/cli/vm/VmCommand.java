package dev.paddock.cli.vm;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.kind.Kind;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.session.Kinds;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock vm}: lists, starts and stops VMs, and connects to them. */
public final class VmCommand implements Subcommand {
    private static final List<String> ALL =
            List.of("list", "info", "start", "stop", "restart", "pause", "resume", "log", "console", "ssh");

    private final Supplier<HostConnector> hosts;

    public VmCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Guests: what they do, and getting into them. What they are is declared in playbooks.")
                .footer("", "What is started or stopped by hand differs from its playbook until the next apply.");
        spec.addSubcommand("list", OptionSpecs.described("List the guests with their states and addresses."));
        spec.addSubcommand("info", one("Show one guest: its parts, and where it can be reached."));
        spec.addSubcommand(
                "start",
                waiting(several("Start guests."))
                        .addOption(OptionSpecs.flag("Start with the processors stopped.", VmPower.PAUSED)));
        spec.addSubcommand("stop", ending(several("Ask guests to shut down, and wait until they have.")));
        spec.addSubcommand(
                "restart",
                waiting(ending(several(
                        "Stop guests and start them, which brings into force what waits for the next start."))));
        spec.addSubcommand("pause", several("Stop the processors of guests; their memory stays."));
        spec.addSubcommand("resume", several("Let paused guests go on."));
        spec.addSubcommand(
                "log",
                one("Print what a guest wrote to its serial console since it was started.")
                        .addOption(OptionSpecs.value(
                                "LINES", "How many lines of the end; 100 by default.", VmLog.LINES, "-n"))
                        .addOption(OptionSpecs.flag("Go on printing what comes, until Ctrl-C.", VmLog.FOLLOW, "-f"))
                        .addOption(OptionSpecs.flag("Print QEMU's log instead, with its command line.", VmLog.QEMU)));
        spec.addSubcommand(
                "console",
                one("Use the serial console of a guest, as if it were this terminal. Ctrl-] leaves.")
                        .addOption(OptionSpecs.flag("Take it over from another user.", VmTerminal.TAKE_OVER)));
        spec.addSubcommand(
                "ssh",
                one("Log in by ssh, or run a command: paddock vm ssh NAME [-- COMMAND [ARGUMENT...]]")
                        .addOption(OptionSpecs.value("USER", "Whom to log in as.", VmShell.USER, "-l"))
                        .addOption(OptionSpecs.value("FILE", "The private key to use.", VmShell.IDENTITY)));
        return spec;
    }

    private static CommandSpec one(String text) {
        return named(text, "1", "The guest.");
    }

    private static CommandSpec several(String text) {
        return named(text, "1..*", "The guests.");
    }

    private static CommandSpec named(String text, String arity, String what) {
        return OptionSpecs.described(text).addPositional(OptionSpecs.parameters("NAME", arity, what));
    }

    private static CommandSpec ending(CommandSpec spec) {
        return spec.addOption(OptionSpecs.value(
                        "SECONDS",
                        "How long to wait for it; as the guest is declared by default, else 60.",
                        VmPower.TIMEOUT))
                .addOption(OptionSpecs.flag(
                        "Cut the power of one that has not shut down by then: what it has not written is lost.",
                        VmPower.FORCE));
    }

    private static CommandSpec waiting(CommandSpec spec) {
        return spec.addOption(OptionSpecs.flag("Wait until they are ready, as they are declared.", VmPower.WAIT));
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
                        "\"paddock vm\" needs to know what to do.", "Use one of: " + String.join(", ", ALL) + "."));
        var verb = inner.parsed().commandSpec().name();
        var names = inner.parameters();
        var uri = inner.hostUri();
        if (!verb.equals("ssh") && !invocation.command().isEmpty()) {
            throw CommandException.usage(
                    "\"paddock vm %s\" runs no program.".formatted(verb), "Use paddock vm ssh NAME -- COMMAND.");
        }
        try {
            return switch (verb) {
                case "list" -> VmList.run(inner, hosts.get(), uri);
                case "info" -> VmInfo.run(inner, hosts.get(), uri, names.getFirst());
                case "start", "stop", "restart", "pause", "resume" ->
                    new VmPower(inner, kind()).run(verb, hosts.get(), uri, names);
                case "log" -> VmLog.run(inner, hosts.get(), uri, names.getFirst());
                case "console" -> VmTerminal.run(inner, hosts.get(), uri, names.getFirst());
                case "ssh" -> VmShell.run(inner, hosts.get(), uri, names.getFirst());
                default -> throw new IllegalStateException("[%s] is unknown. This is a bug.".formatted(verb));
            };
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    private static Kind kind() {
        return Kinds.all().stream()
                .filter(kind -> kind.name().equals("vm"))
                .findFirst()
                .orElseThrow();
    }
}
