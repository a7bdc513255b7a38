package dev.paddock.packaging;

import dev.paddock.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes what packages contain besides the program: manuals, and completions for bash, zsh and fish. */
public final class Main {
    private Main() {}

    /**
     * Write all files below a folder, such as {@code /usr}.
     *
     * @param arguments the folder, and the date of the manuals, in ISO 8601
     */
    public static void main(String[] arguments) throws IOException {
        var usr = Path.of(arguments[0]);
        var command = Commands.specification();
        removeHidden(command);
        Manuals.write(command, arguments[1], Files.createDirectories(usr.resolve("share/man/man1")));
        var bash = AutoComplete.bash(command.name(), new CommandLine(command));
        write(usr.resolve("share/bash-completion/completions/paddock"), bash);
        // The script for bash defines the same functions for zsh, by its emulation of bash's completion.
        write(usr.resolve("share/zsh/vendor-completions/_paddock"), "#compdef paddock\n" + bash);
        write(usr.resolve("share/fish/vendor_completions.d/paddock.fish"), FishCompletion.of(command));
    }

    private static void removeHidden(CommandSpec command) {
        for (var inner : command.subcommands().entrySet().stream().toList()) {
            var spec = inner.getValue().getCommandSpec();
            if (spec.usageMessage().hidden()) {
                command.removeSubcommand(inner.getKey());
            } else {
                removeHidden(spec);
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
