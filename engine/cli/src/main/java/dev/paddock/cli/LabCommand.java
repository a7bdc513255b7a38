package dev.paddock.cli;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Interrupts;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.LabStart;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.host.lab.DebianRelease;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabHome;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.lab.ReleaseRoot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock lab}: starts, stops, shows and enters labs. */
final class LabCommand implements Subcommand {
    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "A lab is a private, throw-away libvirt: with a network, folders and sockets of its own, beside the "
                                + "libvirt of this machine and without touching it. Stopping it removes all of it.")
                .footer(
                        "",
                        "Labs are kept in /var/lib/paddock/lab, or where PADDOCK_LAB_DIR says.",
                        "A libvirtd that ends is started again; a lab that was killed starts afresh.");
        spec.addSubcommand("start", starting("Start a lab, and print where it answers."));
        spec.addSubcommand("stop", named("End a lab with all that runs in it, and remove all that it left."));
        spec.addSubcommand("status", named("Tell whether a lab runs. The exit code is 1 when it does not."));
        spec.addSubcommand("list", OptionSpecs.described("List the labs there are."));
        spec.addSubcommand("root", root());
        spec.addSubcommand(
                "run", named("Run a program inside of a lab: paddock lab run [NAME] -- COMMAND [ARGUMENT...]"));
        return spec;
    }

    @Override
    public boolean takesCommand() {
        return true;
    }

    private static CommandSpec starting(String text) {
        return named(text)
                .addOption(OptionSpecs.value(
                        "CODENAME",
                        "Run the libvirt of this Debian release: bookworm, trixie, forky. Its files are made once, which "
                                + "takes a few minutes, and kept in the cache.",
                        "--release"))
                .addOption(OptionSpecs.flag("Take libvirt and QEMU from the backports of the release.", "--backports"));
    }

    private static CommandSpec named(String text) {
        return OptionSpecs.described(text)
                .addPositional(OptionSpecs.parameter(
                        "NAME", 0, "0..1", "The lab; \"" + LabName.DEFAULT + "\" when none is named."));
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock lab\" needs to know what to do.",
                        "Use one of: start, stop, status, list, root, run."));
        var action = inner.parsed().commandSpec().name();
        if (!action.equals("run") && !invocation.command().isEmpty()) {
            throw CommandException.usage(
                    "\"paddock lab %s\" runs no program.".formatted(action), "Use paddock lab run [NAME] -- COMMAND.");
        }
        try {
            return switch (action) {
                case "start" -> start(inner);
                case "root" -> printRoot(inner);
                case "stop" -> stop(inner);
                case "status" -> status(inner);
                case "list" -> list(inner);
                case "run" -> runInside(inner);
                default -> throw new IllegalStateException("[%s] is unknown. This is a bug.".formatted(action));
            };
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }

    private static LabName name(Invocation inner) throws CommandException, LabException {
        var given = inner.parameters();
        if (given.isEmpty()) {
            return inner.globals().lab().orElse(LabName.DEFAULT);
        }
        return LabName.parse(given.getFirst());
    }

    private static int start(Invocation inner) throws CommandException, LabException {
        var name = name(inner);
        LabStart.start(name, release(inner), inner.globals().yes(), inner.console());
        show(inner, Lab.named(name));
        return ExitCode.OK;
    }

    private static Optional<ReleaseRoot> release(Invocation inner) throws CommandException, LabException {
        var codename = inner.value("--release");
        var backports = inner.has("--backports");
        if (codename.isEmpty()) {
            if (backports) {
                throw CommandException.usage(
                        "--backports belongs to a release.", "Name it, for example --release trixie --backports.");
            }
            return Optional.empty();
        }
        var release = DebianRelease.parse(codename.get());
        return Optional.of(new ReleaseRoot(backports ? release.withBackports() : release, List.of()));
    }

    private static CommandSpec root() {
        return OptionSpecs.described(
                        "Make the files of a Debian release, where they are not there, and print their folder.")
                .addPositional(
                        OptionSpecs.parameter("RELEASE", 0, "1", "A codename, such as trixie or trixie-backports."))
                .addOption(OptionSpecs.values("PACKAGE", "Install this package as well.", "--with"));
    }

    private static int printRoot(Invocation inner) throws CommandException, LabException {
        var root = new ReleaseRoot(DebianRelease.parse(inner.parameters().getFirst()), inner.values("--with"));
        LabStart.make(root, inner.globals().yes(), inner.console());
        inner.console().print(root.folder().toString());
        return ExitCode.OK;
    }

    private static int stop(Invocation inner) throws CommandException, LabException {
        var lab = Lab.named(name(inner));
        var before = lab.status();
        lab.stop();
        inner.console()
                .tell(
                        before instanceof LabStatus.Absent
                                ? "There is no lab \"%s\".".formatted(lab.name())
                                : "Stopped the lab \"%s\".".formatted(lab.name()));
        return ExitCode.OK;
    }

    private static int status(Invocation inner) throws CommandException, LabException {
        var lab = Lab.named(name(inner));
        lab.requireReadable();
        return show(inner, lab) ? ExitCode.OK : ExitCode.FAILURE;
    }

    /** Print the state of a lab, and return whether it runs. */
    private static boolean show(Invocation inner, Lab lab) {
        var status = lab.status();
        switch (inner.globals().output()) {
            case JSON -> inner.console().printJson(facts(lab, status));
            case TEXT ->
                facts(lab, status)
                        .forEach((key, value) -> inner.console().print("%-13s %s".formatted(key + ":", value)));
        }
        return status instanceof LabStatus.Running;
    }

    private static int list(Invocation inner) {
        var all = Lab.all(LabHome.path());
        switch (inner.globals().output()) {
            case JSON ->
                inner.console()
                        .printJson(all.stream()
                                .map(lab -> facts(lab, lab.status()))
                                .toList());
            case TEXT -> all.forEach(lab -> inner.console().print(line(lab, lab.status())));
        }
        return ExitCode.OK;
    }

    private static String line(Lab lab, LabStatus status) {
        var where =
                status instanceof LabStatus.Running running ? running.endpoint().uri() : "";
        return "%-20s %-8s %s".formatted(lab.name(), status.label(), where).stripTrailing();
    }

    private static Map<String, Object> facts(Lab lab, LabStatus status) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", lab.name().text());
        facts.put("status", status.label());
        switch (status) {
            case LabStatus.Absent absent -> {}
            case LabStatus.Running running -> {
                lab.release().ifPresent(release -> facts.put("release", release));
                facts.put("uri", running.endpoint().uri());
                facts.put("readOnlyUri", running.endpoint().readOnlyUri());
                facts.put("pid", running.init());
            }
            case LabStatus.Silent silent -> {
                facts.put("pid", silent.init());
                facts.put("log", silent.log().toString());
            }
            case LabStatus.Ended ended -> facts.put("folder", ended.folder().toString());
        }
        return facts;
    }

    private static int runInside(Invocation inner) throws CommandException, LabException {
        var command = inner.command();
        if (command.isEmpty()) {
            throw CommandException.usage(
                    "\"paddock lab run\" needs a program to run.",
                    "Use paddock lab run [NAME] -- COMMAND [ARGUMENT...].");
        }
        var name = name(inner);
        LabStart.start(name, inner.globals().yes(), inner.console());
        inner.console().flush();
        var lab = Lab.named(name);
        return Interrupts.ignoring(() -> enter(lab, List.copyOf(command)));
    }

    private static int enter(Lab lab, List<String> command) throws CommandException {
        try {
            return lab.run(command);
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }
}
