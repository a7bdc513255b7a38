package dev.paddock.cli.resource;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.playbook.PlaybookOptions;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock destroy}: removes the resources that playbooks declare, and nothing else. */
public final class DestroyCommand implements Subcommand {
    private final Supplier<HostConnector> hosts;

    public DestroyCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Remove all that the playbooks declare.");
        PlaybookOptions.addPlaybooks(spec, "PLAYBOOK", "The playbooks whose resources go.");
        PlaybookOptions.addChoices(spec);
        ApplySession.addOptions(spec);
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var planning = PlaybookOptions.open(invocation, hosts.get(), PlaybookOptions.options(invocation, true));
        return new ApplySession(invocation, planning).run(planning.plans());
    }
}
