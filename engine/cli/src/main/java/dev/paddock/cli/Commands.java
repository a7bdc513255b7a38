package dev.paddock.cli;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.guest.CopyCommand;
import dev.paddock.cli.guest.ExecCommand;
import dev.paddock.cli.image.ImageCommand;
import dev.paddock.cli.pool.AcquireCommand;
import dev.paddock.cli.pool.ForkCommand;
import dev.paddock.cli.pool.PoolCommand;
import dev.paddock.cli.pool.ServeCommand;
import dev.paddock.cli.reach.ReachCommand;
import dev.paddock.cli.resource.ApplyCommand;
import dev.paddock.cli.resource.DestroyCommand;
import dev.paddock.cli.resource.ImportCommand;
import dev.paddock.cli.resource.PlanCommand;
import dev.paddock.cli.resource.SchemaCommand;
import dev.paddock.cli.resource.ShowCommand;
import dev.paddock.cli.resource.ValidateCommand;
import dev.paddock.cli.snapshot.SnapshotCommand;
import dev.paddock.cli.vm.VmCommand;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of the program. */
public final class Commands {
    private Commands() {}

    /**
     * A command that is created on demand.
     *
     * @param hidden whether help leaves it out
     */
    record Entry(String name, boolean hidden, Supplier<Subcommand> make) {
        static Entry of(String name, Supplier<Subcommand> make) {
            return new Entry(name, false, make);
        }
    }

    /** Return the specification of the whole command line, for its documentation. */
    public static CommandSpec specification() {
        return new CommandLineRun.Tree(all(HostConnections::connector)).spec();
    }

    /**
     * Return all commands, in the order of the help.
     *
     * @param hosts opens connections; called only by commands that need one
     */
    static List<Entry> all(Supplier<HostConnector> hosts) {
        return List.of(
                Entry.of("plan", () -> new PlanCommand(hosts)),
                Entry.of("apply", () -> new ApplyCommand(hosts)),
                Entry.of("destroy", () -> new DestroyCommand(hosts)),
                Entry.of("validate", ValidateCommand::new),
                Entry.of("show", () -> new ShowCommand(hosts)),
                Entry.of("import", () -> new ImportCommand(hosts)),
                Entry.of("vm", () -> new VmCommand(hosts)),
                Entry.of("reach", () -> new ReachCommand(hosts)),
                Entry.of("snapshot", () -> new SnapshotCommand(hosts)),
                Entry.of("exec", ExecCommand::new),
                Entry.of("cp", CopyCommand::new),
                Entry.of("acquire", AcquireCommand::new),
                Entry.of("fork", ForkCommand::new),
                Entry.of("pool", PoolCommand::new),
                Entry.of("serve", () -> new ServeCommand(hosts)),
                Entry.of("schema", SchemaCommand::new),
                Entry.of("image", () -> new ImageCommand(hosts)),
                Entry.of("doctor", () -> new DoctorCommand(hosts)),
                Entry.of("lab", LabCommand::new),
                new Entry("self", true, SelfCommand::new));
    }
}
