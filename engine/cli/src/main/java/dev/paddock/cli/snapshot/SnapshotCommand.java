package dev.paddock.cli.snapshot;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code paddock snapshot}: takes, restores, lists, compares and deletes snapshots of VMs. */
public final class SnapshotCommand implements Subcommand {
    static final String DESCRIPTION = "--description";
    static final String WAY = "--way";

    private final Supplier<HostConnector> hosts;

    public SnapshotCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("A snapshot is a guest as it was: its disks, its definition, and its memory if it ran.");
        spec.addSubcommand(
                "create",
                named("Take a snapshot. A guest that runs stands still meanwhile.")
                        .addOption(OptionSpecs.value("TEXT", "What it is good for.", DESCRIPTION)));
        spec.addSubcommand(
                "restore",
                named("Bring a guest back to a snapshot. What it has done since is lost.")
                        .addOption(OptionSpecs.value(
                                "WAY",
                                "loadvm: only by the QEMU that runs; libvirt: only by restarting QEMU. By default the"
                                        + " first where it is safe, else the second.",
                                WAY)));
        spec.addSubcommand(
                "list",
                OptionSpecs.described("List the snapshots of a guest, or of all.")
                        .addPositional(vm("0..1")));
        spec.addSubcommand("delete", named("Delete a snapshot. The guest stays as it is."));
        spec.addSubcommand("diff", named("Show what a restore would change of the guest's definition and state."));
        return spec;
    }

    private static CommandSpec named(String text) {
        return OptionSpecs.described(text)
                .addPositional(vm("1"))
                .addPositional(OptionSpecs.parameter("NAME", 1, "1", "The snapshot."));
    }

    private static PositionalParamSpec vm(String arity) {
        return OptionSpecs.parameter("VM", 0, arity, "The guest.");
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock snapshot\" needs to know what to do.",
                        "Use one of: create, restore, list, delete, diff."));
        var uri = inner.hostUri();
        try {
            return switch (inner.parsed().commandSpec().name()) {
                case "create" -> new SnapshotChanges(inner, hosts.get(), uri).create();
                case "restore" -> new SnapshotChanges(inner, hosts.get(), uri).restore();
                case "delete" -> new SnapshotChanges(inner, hosts.get(), uri).delete();
                case "list" -> SnapshotQueries.list(inner, hosts.get(), uri);
                case "diff" -> SnapshotQueries.diff(inner, hosts.get(), uri);
                default -> throw new IllegalStateException("The subcommand is unknown. This is a bug.");
            };
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }
}
