package dev.paddock.cli.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.ExitCode;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.Subcommand;
import dev.paddock.host.guest.Ending;
import dev.paddock.host.guest.Guest;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.Packing;
import dev.paddock.host.guest.Unpacking;
import dev.paddock.host.libvirt.GuestChannels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code paddock cp}: copies a file or a folder into a guest, or out of one. */
public final class CopyCommand implements Subcommand {
    private static final String USER = "--user";
    private static final int MOST_COMPLAINTS = 10;

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Copy a file or a folder out of a guest, VM:PATH LOCAL, or into one, LOCAL VM:PATH. No network is "
                                + "needed. What exists is a folder to copy into, or is replaced.");
        spec.addPositional(path("SOURCE", 0, "What to copy: a path here, or VM:PATH in a guest."));
        spec.addPositional(path("TARGET", 1, "Where to: VM:PATH in a guest, or a path here."));
        spec.addOption(OptionSpec.builder("-u", USER)
                .paramLabel("USER")
                .type(String.class)
                .arity("1")
                .description("Read or write in the guest as this user, instead of root.")
                .build());
        spec.addOption(Waiting.option());
        return spec;
    }

    private static PositionalParamSpec path(String label, int index, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .index(Integer.toString(index))
                .description(description)
                .build();
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
        var user = invocation.value(USER);
        var guestPath = from.or(() -> to).orElseThrow();
        var uri = invocation.uri().orElse(ExecCommand.DEFAULT_URI);
        var said = new ByteArrayOutputStream();
        List<String> complaints = new ArrayList<>();
        try (var guest = GuestChannels.open(uri, guestPath.guest(), Waiting.of(invocation))) {
            var ending = from.isPresent()
                    ? get(guest, guestPath, local(target), user, said, complaints)
                    : put(guest, local(source), guestPath, user, said, complaints);
            plain(said).lines().forEach(complaints::add);
            if (ending instanceof Ending.NotStarted notStarted) {
                complaints.add(notStarted.reason());
            } else if (!ending.equals(new Ending.Exited(0)) && complaints.isEmpty()) {
                complaints.add("the guest did not finish: exit code " + ending.exitCode());
            }
        } catch (GuestException failure) {
            throw CommandException.failure(failure.diagnostic());
        } catch (IOException failure) {
            complaints.add(String.valueOf(failure.getMessage()));
        }
        if (!complaints.isEmpty()) {
            throw failed(complaints);
        }
        return ExitCode.OK;
    }

    private static Ending get(
            Guest guest,
            GuestPath from,
            Path to,
            Optional<String> user,
            ByteArrayOutputStream said,
            List<String> complaints)
            throws IOException {
        var target = Files.isDirectory(to) ? to.toRealPath().resolve(from.name()) : to.toAbsolutePath();
        return guest.get(from.path(), user, archive -> complaints.addAll(Unpacking.unpack(archive, target)), said);
    }

    private static Ending put(
            Guest guest,
            Path from,
            GuestPath to,
            Optional<String> user,
            ByteArrayOutputStream said,
            List<String> complaints)
            throws IOException {
        // Before anything is asked of the guest.
        var name = String.valueOf(from.toRealPath().getFileName());
        List<String> unread = new ArrayList<>();
        var ending = guest.put(to.path(), name, user, archive -> unread.addAll(Packing.pack(from, archive)), said);
        complaints.addAll(unread);
        return ending;
    }

    private static Path local(String text) throws CommandException {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw CommandException.usage("\"%s\" is no path.".formatted(text), "Give the path of a file or folder.");
        }
    }

    /** Return what the guest said, with nothing in it that a terminal would obey. */
    private static String plain(ByteArrayOutputStream said) {
        return said.toString(StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }

    private static CommandException failed(List<String> complaints) {
        var shown = complaints.stream().limit(MOST_COMPLAINTS).toList();
        var more = complaints.size() - shown.size();
        return CommandException.failure(Diagnostic.error(
                Code.COPY_FAILED,
                "Not all was copied:\n  " + String.join("\n  ", shown) + (more > 0 ? "\n  and " + more + " more" : ""),
                "What is not named here was copied. Mend the cause, and copy again."));
    }
}
