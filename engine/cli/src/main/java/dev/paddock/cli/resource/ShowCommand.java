package dev.paddock.cli.resource;

import static java.util.Objects.requireNonNull;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.console.TextTable;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.diff.SecretMask;
import dev.paddock.core.plan.OwnershipMetadata;
import dev.paddock.core.report.PlanReport;
import dev.paddock.session.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock show}: lists the objects of a host, or shows the named ones in full. */
public final class ShowCommand implements Subcommand {
    /** Opens the default libvirt if none is named. */
    private final Supplier<HostConnector> hosts;

    public ShowCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Show what the host has.");
        addObjects(spec, "A kind, such as networks, or an address, such as network/agents; all when none is given.");
        return spec;
    }

    static void addObjects(CommandSpec spec, String description) {
        spec.addPositional(OptionSpecs.parameters("OBJECT", "0..*", description));
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        try (var reader = hosts.get().reader(invocation.hostUri())) {
            var kinds = Kinds.all();
            var shown = concealments(kinds);
            var found = new LiveResources(kinds, reader).find(invocation.parameters());
            if (invocation.globals().output() == Format.JSON) {
                invocation.console().printJson(report(reader.info().uri(), found, shown));
            } else if (isOne(invocation)) {
                found.forEach((id, observed) -> invocation.console().writeFile(document(id, observed, shown)));
            } else {
                table(found, id -> kinds.stream().anyMatch(kind -> kind.name().equals(id.kind()) && kind.hasState()))
                        .forEach(invocation.console()::print);
            }
            return found.values().stream().anyMatch(Observed.Unreadable.class::isInstance)
                    ? ExitCode.FAILURE
                    : ExitCode.OK;
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    private static boolean isOne(Invocation invocation) {
        return PlaybookOptions.only(invocation.parameters())
                .filter(word -> word.contains("/"))
                .isPresent();
    }

    private static Map<String, SecretMask> concealments(List<Kind> kinds) {
        Map<String, SecretMask> concealments = new HashMap<>();
        kinds.forEach(kind -> concealments.put(kind.name(), new SecretMask(kind.rules())));
        return concealments;
    }

    private static String xml(ResourceId id, Observed.Present present, Map<String, SecretMask> shown) {
        return XmlWriter.write(requireNonNull(shown.get(id.kind())).hidden(present.defined()));
    }

    private static String document(ResourceId id, Observed observed, Map<String, SecretMask> shown) {
        return switch (observed) {
            case Observed.Present present -> xml(id, present, shown);
            case Observed.Absent absent -> "";
            case Observed.Unreadable unreadable -> unreadable.why().detail() + "\n";
        };
    }

    private static List<String> table(Map<ResourceId, Observed> found, Predicate<ResourceId> hasState) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("OBJECT", "STATE", "AUTOSTART", "PROJECT", "UUID"));
        found.forEach((id, observed) -> {
            switch (observed) {
                case Observed.Present present ->
                    rows.add(List.of(
                            id.toString(),
                            state(hasState.test(id), present),
                            hasState.test(id) ? (present.autostart() ? "yes" : "no") : "-",
                            OwnershipMetadata.of(present.defined())
                                    .map(OwnershipMetadata::project)
                                    .orElse("-"),
                            present.uuid()));
                case Observed.Absent absent -> {}
                case Observed.Unreadable unreadable -> rows.add(List.of(id.toString(), "unreadable", "-", "-", "-"));
            }
        });
        return TextTable.of(rows);
    }

    private static String state(boolean hasState, Observed.Present present) {
        if (!hasState) {
            return "-";
        }
        return (present.active() ? "active" : "inactive") + (present.persistent() ? "" : ", transient");
    }

    private static Map<String, Object> report(
            String uri, Map<ResourceId, Observed> found, Map<String, SecretMask> shown) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format_version", PlanReport.FORMAT);
        report.put("uri", uri);
        List<Object> objects = new ArrayList<>();
        found.forEach((id, observed) -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("address", id.toString());
            switch (observed) {
                case Observed.Present present -> {
                    object.put("uuid", present.uuid());
                    object.put("active", present.active());
                    object.put("persistent", present.persistent());
                    object.put("autostart", present.autostart());
                    OwnershipMetadata.of(present.defined()).ifPresent(stamp -> object.put("project", stamp.project()));
                    object.put("xml", xml(id, present, shown));
                }
                case Observed.Absent absent -> object.put("absent", true);
                case Observed.Unreadable unreadable ->
                    object.put("unreadable", PlanReport.diagnostic(unreadable.why()));
            }
            objects.add(object);
        });
        report.put("objects", objects);
        return report;
    }
}
