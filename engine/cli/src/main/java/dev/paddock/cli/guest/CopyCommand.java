package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.poolclient.LeaseNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock cp}: copies a file or a folder into a guest, or out of one. */
public final class CopyCommand implements Subcommand {
    private static final String USER = "--user";

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Copy a file or a folder out of a guest, VM:PATH LOCAL, or into one, LOCAL VM:PATH. No network is "
                                + "needed. What exists is a folder to copy into, or is replaced.");
        spec.addPositional(
                OptionSpecs.parameter("SOURCE", 0, "1", "What to copy: a path here, or VM:PATH in a guest."));
        spec.addPositional(OptionSpecs.parameter("TARGET", 1, "1", "Where to: VM:PATH in a guest, or a path here."));
        spec.addOption(
                OptionSpecs.value("USER", "Read or write in the guest as this user, instead of root.", "-u", USER));
        spec.addOption(WaitOption.option());
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var source = invocation.parameters().getFirst();
        var target = invocation.parameters().getLast();
        var from = GuestPath.parse(source);
        var to = GuestPath.parse(target);
        if (from.isPresent() == to.isPresent()) {
            throw CommandException.usage(
                    from.isPresent()
                            ? "Both paths are in guests, and things are copied between here and one guest."
                            : "Neither path is in a guest.",
                    "Write the guest's as VM:PATH, for example web:/etc/hosts; a path here that looks like one, as ./a:b.");
        }
        var copying = new CopyTransfer(invocation.hostUri(), invocation.value(USER), WaitOption.of(invocation));
        var guestPath = from.or(() -> to).orElseThrow();
        var guest = LeaseNames.guest(invocation, guestPath.guest());
        if (from.isPresent()) {
            copying.get(guest, guestPath.path(), local(target));
        } else {
            copying.put(local(source), guest, guestPath.path());
        }
        return ExitCode.OK;
    }

    private static Path local(String text) throws CommandException {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw CommandException.usage("\"%s\" is no path.".formatted(text), "Give the path of a file or folder.");
        }
    }
}
