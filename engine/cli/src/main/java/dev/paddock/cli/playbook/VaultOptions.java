package dev.paddock.cli.playbook;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.core.vault.VaultPassword;
import dev.paddock.host.vault.VaultPasswordFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** The options that give the passwords of encrypted variables. */
public final class VaultOptions {
    private static final String FILE = "--vault-password-file";
    private static final String ID = "--vault-id";
    private static final String PROGRAM = "--allow-vault-program";

    private VaultOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpecs.values(
                "FILE", "A file with a password of ansible-vault, or a program that prints it.", FILE));
        spec.addOption(OptionSpecs.values(
                "ID@FILE", "The same, for vaults with this id; all passwords are tried, that of the id first.", ID));
        spec.addOption(OptionSpecs.flag("Run the programs that these two options name.", PROGRAM));
    }

    /** Return the passwords, in the order of Ansible: by ids before those without. */
    static List<VaultPassword> passwords(Invocation invocation) throws CommandException {
        List<VaultPassword> passwords = new ArrayList<>();
        for (var text : invocation.values(ID)) {
            var at = text.indexOf('@');
            var label = at < 1 ? VaultPassword.DEFAULT : text.substring(0, at);
            passwords.add(password(invocation, label, text.substring(at + 1)));
        }
        for (var file : invocation.values(FILE)) {
            passwords.add(password(invocation, VaultPassword.DEFAULT, file));
        }
        return passwords;
    }

    private static VaultPassword password(Invocation invocation, String label, String file) throws CommandException {
        if (file.equals("prompt") || file.equals("prompt_ask_vault_pass")) {
            throw CommandException.usage(
                    "A password of a vault is not asked for at the terminal.",
                    "Write it into a file that only you may read, and pass --vault-id " + label + "@FILE.");
        }
        try {
            return new VaultPassword(
                    label, new VaultPasswordFile(PlaybookOptions.path(file), label).read(invocation.has(PROGRAM)));
        } catch (VaultPasswordFile.UnusableException unusable) {
            throw CommandException.failure(unusable.diagnostic());
        }
    }

    /** Return the value of an option with the path of its file made absolute, for use from any folder. */
    public static String absolute(String option, String value) throws CommandException {
        if (!Set.of(FILE, ID).contains(option)) {
            return value;
        }
        var at = option.equals(ID) ? value.indexOf('@') + 1 : 0;
        return value.substring(0, at)
                + PlaybookOptions.path(value.substring(at)).toAbsolutePath();
    }
}
