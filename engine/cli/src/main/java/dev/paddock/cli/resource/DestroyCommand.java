package dev.paddock.cli.resource;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.Subcommand;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock destroy}: removes what playbooks declare, and nothing else. */
public final class DestroyCommand implements Subcommand {
    private final Supplier<HostConnector> hosts;

    public DestroyCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Remove all that the playbooks declare.");
        Selection.addPlaybooks(spec, "PLAYBOOK", "The playbooks whose resources go.");
        Selection.addChoices(spec);
        Applying.addOptions(spec);
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var planning = Planning.of(invocation, hosts.get(), Selection.options(invocation, true));
        return new Applying(invocation, planning).run(planning.plans());
    }
}
