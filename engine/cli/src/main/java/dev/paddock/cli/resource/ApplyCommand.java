package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.planfile.SavedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock apply}: brings hosts to the declared state with the least change, and verifies the result. */
public final class ApplyCommand implements Subcommand {
    private static final String CHECK = "--check";

    private final Supplier<HostConnector> hosts;

    public ApplyCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Bring the hosts to what the playbooks declare, by the least change.");
        PlaybookOptions.addPlaybooks(spec, "PLAYBOOK", "The playbooks to apply, or a plan that was saved.");
        PlaybookOptions.addChoices(spec);
        ApplySession.addOptions(spec);
        spec.addOption(OptionSpecs.flag("Only show what would be done, as paddock plan does.", CHECK));
        spec.addOption(OptionSpecs.flag("Taken for Ansible's sake: the difference is always shown.", "--diff"));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var saved = saved(invocation);
        if (saved.isPresent()) {
            return SavedApply.run(invocation, saved.get(), hosts.get());
        }
        if (invocation.has(CHECK)) {
            return new PlanCommand(hosts).run(invocation);
        }
        var planning = PlaybookOptions.open(invocation, hosts.get(), PlaybookOptions.options(invocation, false));
        return new ApplySession(invocation, planning).run(planning.plans());
    }

    private static Optional<SavedPlan> saved(Invocation invocation) throws CommandException {
        var only = PlaybookOptions.only(invocation.parameters());
        if (only.isEmpty()) {
            return Optional.empty();
        }
        Path file = PlaybookOptions.path(only.get());
        if (!SavedPlan.isSaved(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SavedPlan.read(file)
                    .orElseThrow(() -> unusable(file, "it is damaged, or another version wrote it")));
        } catch (IOException failure) {
            throw unusable(file, String.valueOf(failure.getMessage()));
        }
    }

    private static CommandException unusable(Path file, String why) {
        return CommandException.failure(Diagnostic.error(
                Code.PLAN_UNREADABLE,
                "The saved plan " + file + " cannot be used: " + why + ".",
                "Plan again with paddock plan --out."));
    }
}
