package dev.paddock.cli.pool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.guest.DurationOption;
import dev.paddock.cli.poolclient.PathEncoder;
import dev.paddock.cli.poolclient.PoolClient;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock fork}: leases new VMs that go on from the memory and the disks of a leased one. */
public final class ForkCommand implements Subcommand {
    private static final String COUNT = "--count";
    private static final String KEEP = "--keep";
    private static final String FOR = "--for";
    private static final String ID = "--id";

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Lease new VMs that go on from the memory and the disks of a leased one, each with an identity"
                                + " of its own, and print them as JSON. The leased VM stands still while it is saved.");
        spec.addPositional(
                OptionSpecs.parameter("LEASE", 0, "1", "The lease of the VM; or POOL/NAME, a state that was kept."));
        spec.addOption(
                OptionSpecs.value("N", "How many new VMs; one by default, or none where the state is kept.", COUNT));
        spec.addOption(OptionSpecs.value("NAME", "Keep the state under this name, for later forks.", KEEP));
        spec.addOption(OptionSpecs.value("DURATION", "For how long: 90s, 15m, 2h; the pool's lease by default.", FOR));
        spec.addOption(OptionSpecs.flag("Print the ids of the leases alone, one a line.", ID));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var body = JsonNodeFactory.instance.objectNode();
        var count = invocation.value(COUNT);
        if (count.isPresent()) {
            if (!count.get().matches("[1-9][0-9]{0,3}")) {
                throw CommandException.usage(
                        "\"" + count.get() + "\" is no number of VMs.", "Give a number from 1 on: --count 3.");
            }
            body.put("count", Integer.parseInt(count.get()));
        }
        var duration = invocation.value(FOR);
        if (duration.isPresent()) {
            body.put("seconds", DurationOption.required(duration.get()).toSeconds());
        }
        invocation.value(KEEP).ifPresent(name -> body.put("keep", name));
        var forked = PoolClient.of(invocation)
                .ask("POST", path(invocation.parameters().getFirst()), body.toString());
        if (invocation.has(ID)) {
            (forked.isArray() ? forked : forked.path("leases"))
                    .forEach(each -> invocation.console().print(each.path("id").asText()));
        } else {
            invocation.console().print(forked.toString());
        }
        return ExitCode.OK;
    }

    /** A lease has no slash in its id. */
    private static String path(String source) {
        var slash = source.indexOf('/');
        return slash < 0
                ? "/v1/leases/" + PathEncoder.encode(source) + "/fork"
                : "/v1/pools/" + PathEncoder.encode(source.substring(0, slash)) + "/states/"
                        + PathEncoder.encode(source.substring(slash + 1)) + "/leases";
    }
}
