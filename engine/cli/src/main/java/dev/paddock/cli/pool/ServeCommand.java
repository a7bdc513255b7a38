package dev.paddock.cli.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.poolclient.LabPoolServer;
import dev.paddock.cli.poolclient.PoolSocket;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.names.SystemNames;
import dev.paddock.host.process.CurrentUser;
import dev.paddock.pool.slot.LibvirtSlotHost;
import dev.paddock.server.FilterMonitor;
import dev.paddock.server.FilterNameUpdater;
import dev.paddock.server.PaddockServer;
import dev.paddock.session.Kinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock serve}: runs the pool server of this machine until it is terminated. */
public final class ServeCommand implements Subcommand {
    private static final String UNIT = "--unit";
    private static final Path FOLDER = Path.of("/var/lib/libvirt/paddock");

    private final Supplier<HostConnector> hosts;

    public ServeCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Run the pools that are declared on this machine: boot their VMs, lease them, take them back,"
                                + " make them clean. The filters of this machine follow the names that they allow. It answers at a Unix socket beside libvirt's, and logs to the"
                                + " standard error, a JSON object a line.")
                .footer("", "SIGTERM ends it in order. Guests stay, and the next one goes on with them.");
        spec.addOption(OptionSpecs.flag("Print a unit for systemd that runs it, instead of running it.", UNIT));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        if (invocation.has(UNIT)) {
            invocation.console().write(SystemdUnit.text(LabPoolServer.program()));
            return ExitCode.OK;
        }
        if (invocation.globals().lab().isPresent()) {
            invocation.lab();
            var lab = Lab.named(invocation.globals().lab().get());
            return invocation.givingWay(() -> runIn(lab));
        }
        if (!CurrentUser.read().isRoot()) {
            throw CommandException.failure(Diagnostic.error(
                    Code.PERMISSION_DENIED,
                    "The pool server holds the leases of all users, and only root can do that.",
                    "Run it as root, or as a service: paddock serve --unit prints one."));
        }
        var uri = invocation.hostUri();
        return serve(invocation, uri);
    }

    private static int runIn(Lab lab) throws CommandException {
        try {
            return lab.run(List.of(LabPoolServer.program(), "serve"));
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }

    private int serve(Invocation invocation, String uri) throws CommandException {
        SystemNames.keepNoAnswers();
        var kinds = Kinds.all();
        var kind = kinds.stream()
                .filter(each -> each.name().equals("vm"))
                .findFirst()
                .orElseThrow();
        var slots = new LibvirtSlotHost(
                uri, hosts.get(), FOLDER, template -> LiveKind.of(kind).checks(desired(kind, template)));
        var end = new CountDownLatch(1);
        try (var server = PaddockServer.open(
                FOLDER.resolve("keeper"),
                PoolSocket.of(uri),
                slots,
                List.of(new FilterMonitor(uri, hosts.get()), new FilterNameUpdater(uri, hosts.get(), kinds)),
                invocation.console().messages())) {
            return invocation.interruptible(end::countDown, () -> {
                server.serveUntil(end);
                return ExitCode.OK;
            });
        } catch (IOException failure) {
            throw CommandException.failure(Diagnostic.error(
                    Code.POOL_SERVER_ABSENT,
                    "The pool server cannot start: " + failure.getMessage(),
                    "Fix that, and start it again. VMs and leases are as they were."));
        }
    }

    private static DesiredResource desired(Kind kind, Element template) {
        return new DesiredResource(
                new ResourceId(kind.name(), kind.documentName(template).orElse("")),
                template,
                DesiredState.ACTIVE,
                Optional.empty());
    }
}
