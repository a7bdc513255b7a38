package dev.paddock.cli.resource;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.describe.HostDescription;
import dev.paddock.core.load.YamlText;
import dev.paddock.core.plan.OwnershipReader;
import dev.paddock.session.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock import}: writes the resources of a host as a playbook with an empty plan. */
public final class ImportCommand implements Subcommand {
    private static final String OUT = "--out";

    private final Supplier<HostConnector> hosts;

    public ImportCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Write what the host has as a playbook. Nothing is changed.");
        ShowCommand.addObjects(
                spec, "A kind, such as networks, or an address, such as network/agents; all when none is given.");
        spec.addOption(OptionSpecs.value("FILE", "Write to this new file instead of the terminal.", OUT));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var kinds = Kinds.all();
        try (var reader = hosts.get().reader(invocation.hostUri())) {
            var found = new LiveResources(kinds, reader).find(invocation.parameters());
            var owners = new OwnershipReader(reader, kinds);
            var description = HostDescription.of(
                    kinds,
                    lasting(found, kinds, owners, invocation.parameters()),
                    owners,
                    new DefinedCheck(reader)::accepts);
            var plays = description.plays();
            var problems = description.problems();
            if (invocation.globals().output() == Format.JSON
                    && invocation.value(OUT).isEmpty()) {
                // JSON is YAML, so this is a playbook as well.
                invocation.console().printJson(plays);
            } else {
                write(invocation, YamlText.of(plays));
            }
            invocation.console().tell(problems);
            return ExitCode.of(problems);
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    /**
     * Return the objects without those that come and go by themselves, those of libvirt's packages, which every host has,
     * and the ledger, unless they were named.
     */
    private static Map<ResourceId, Observed> lasting(
            Map<ResourceId, Observed> found, List<Kind> kinds, OwnershipReader owners, List<String> asked) {
        var packaged = new PackagedObjects(kinds);
        Map<ResourceId, Observed> lasting = new LinkedHashMap<>(found);
        lasting.entrySet()
                .removeIf(each -> each.getValue() instanceof Observed.Present present
                        && (owners.isLedger(each.getKey())
                                || packaged.contains(each.getKey(), present)
                                || isFleeting(kinds, each.getKey(), present))
                        && asked.stream()
                                .noneMatch(word ->
                                        word.endsWith("/" + each.getKey().name())));
        return lasting;
    }

    private static boolean isFleeting(List<Kind> kinds, ResourceId id, Observed.Present present) {
        return kinds.stream()
                .anyMatch(kind ->
                        kind.name().equals(id.kind()) && NormalizedKind.of(kind).isFleeting(present.defined()));
    }

    private static void write(Invocation invocation, String yaml) throws CommandException {
        if (invocation.value(OUT).isEmpty()) {
            invocation.console().writeFile(yaml);
            return;
        }
        var file = PlaybookOptions.path(invocation.value(OUT).get());
        try {
            Files.createFile(file);
            try {
                Files.writeString(file, yaml);
            } catch (IOException incomplete) {
                Files.deleteIfExists(file);
                throw incomplete;
            }
        } catch (IOException failure) {
            throw FileWriteFailure.of(
                    "The playbook cannot be written to " + file,
                    failure,
                    "Give a file that does not exist yet, in a folder that can be written and has room.");
        }
    }
}
