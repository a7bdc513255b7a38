package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.resource.InventoryHost;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The host of an inventory that a command for one host works on. */
final class InventoryChoice {
    private InventoryChoice() {}

    /**
     * Return its libvirt URI.
     *
     * @param name of the host; it can be left out if there is only one
     */
    static String uri(List<String> inventory, Optional<String> name) throws CommandException {
        var bound = new Binder(List.of()).hosts(inventory);
        if (bound.hasErrors()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    bound.diagnostics().stream().filter(Diagnostic::isError).toList());
        }
        var hosts = bound.hosts();
        var names = hosts.stream().map(InventoryHost::name).collect(Collectors.joining(", "));
        if (name.isEmpty() && hosts.size() != 1) {
            throw CommandException.usage(
                    "This command works on one host, and the inventory " + String.join(", ", inventory) + " names "
                            + (hosts.isEmpty() ? "none" : hosts.size() + ": " + names) + ".",
                    "Say which with --connect NAME.");
        }
        return hosts.stream()
                .filter(host -> name.isEmpty() || host.name().equals(name.get()))
                .map(InventoryHost::uri)
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        "The inventory " + String.join(", ", inventory) + " names no host \"" + name.orElse("") + "\".",
                        "Use one of: " + names + "."));
    }
}
