package dev.paddock.cli.snapshot;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.RestoreResult;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Types;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.core.report.PlanReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The subcommands of {@code paddock snapshot} that change something. */
final class SnapshotChanges {
    private final Invocation invocation;
    private final HostConnector hosts;
    private final String uri;
    private final String guest;
    private final String name;
    private final ResourceId id;

    SnapshotChanges(Invocation invocation, HostConnector hosts, String uri) {
        this.invocation = invocation;
        this.hosts = hosts;
        this.uri = uri;
        this.guest = invocation.parameters().getFirst();
        this.name = invocation.parameters().getLast();
        this.id = SnapshotGuests.id(guest, name);
    }

    int create() throws CommandException {
        if (Types.SNAPSHOT.read().apply(name) instanceof Reading.Bad) {
            throw CommandException.usage(
                    "\"" + name + "\" is no name for a snapshot.",
                    "Use letters, digits, and any of _ . + - after the first; not digits alone, which QEMU takes for"
                            + " numbers.");
        }
        try (var reader = hosts.reader(uri)) {
            var guests = new SnapshotGuests(reader);
            guests.guest(guest);
            if (guests.find(guest, name).isPresent()) {
                throw CommandException.failure(Diagnostic.error(
                        Code.SNAPSHOT_NOT_TAKEN,
                        "The guest '" + guest + "' has a snapshot named '" + name + "' already, and it stays.",
                        "Choose another name, or delete it first with paddock snapshot delete " + guest + " " + name
                                + "."));
            }
        }
        var document = Element.of("domainsnapshot").plus(Element.of("name").withText(name));
        var described = invocation
                .value(SnapshotCommand.DESCRIPTION)
                .map(text -> document.plus(Element.of("description").withText(text)))
                .orElse(document);
        try (var writer = hosts.writer(uri)) {
            writer.perform(new Action.Define(id, XmlWriter.write(described)));
        } catch (HostException refused) {
            throw told(Code.SNAPSHOT_NOT_TAKEN, "The snapshot of " + guest + " was not taken: ", refused);
        }
        done("Took the snapshot " + name + " of " + guest + ".", Map.of());
        return ExitCode.OK;
    }

    int restore() throws CommandException {
        var way = way();
        RestoreResult restored;
        try (var writer = hosts.writer(uri)) {
            restored = writer.restore(id, way);
        } catch (HostException refused) {
            // Looks up names only now, as a restore has to be fast.
            present();
            throw told(Code.SNAPSHOT_NOT_RESTORED, guest + " was not restored to " + name + ": ", refused);
        }
        var how =
                switch (restored.way()) {
                    case LOADVM -> "in the QEMU that runs";
                    case LIBVIRT ->
                        "by libvirt"
                                + (restored.detours().isEmpty()
                                        ? ""
                                        : ", as " + String.join(", and ", restored.detours()));
                };
        done(
                "Restored " + guest + " to " + name + " " + how + ".",
                Map.of("way", restored.way().label(), "detours", restored.detours()));
        return ExitCode.OK;
    }

    int delete() throws CommandException {
        present();
        try (var writer = hosts.writer(uri)) {
            writer.perform(new Action.Undefine(id));
        }
        done("Deleted the snapshot " + name + " of " + guest + ".", Map.of());
        return ExitCode.OK;
    }

    private void present() throws CommandException {
        try (var reader = hosts.reader(uri)) {
            new SnapshotGuests(reader).snapshot(guest, name);
        }
    }

    private Optional<RestoreWay> way() throws CommandException {
        var word = invocation.value(SnapshotCommand.WAY);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(RestoreWay.values())
                .filter(way -> way.label().equals(word.get()))
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        "\"" + word.get() + "\" is no way to restore a snapshot.",
                        "Use one of: "
                                + Arrays.stream(RestoreWay.values())
                                        .map(RestoreWay::label)
                                        .collect(Collectors.joining(", "))
                                + ".")));
    }

    private static CommandException told(Code code, String what, HostException failure) {
        return switch (failure.failure()) {
            case REFUSED, UNSUPPORTED ->
                CommandException.failure(Diagnostic.error(
                        code, what + failure.reason(), failure.advice().orElse("The reason above is libvirt's own.")));
            case UNREACHABLE, DENIED, LOST -> CommandException.of(failure);
        };
    }

    private void done(String sentence, Map<String, Object> more) {
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("vm", guest);
            report.put("name", name);
            report.putAll(more);
            invocation.console().printJson(report);
        } else {
            invocation.console().print(sentence);
        }
    }
}
