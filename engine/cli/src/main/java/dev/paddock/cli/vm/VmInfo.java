package dev.paddock.cli.vm;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.core.report.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code paddock vm info}: shows one VM, with its resources and addresses. */
final class VmInfo {
    private VmInfo() {}

    static int run(Invocation invocation, HostConnector hosts, String uri, String name) throws CommandException {
        try (var reader = hosts.reader(uri);
                var host = hosts.guests(uri)) {
            var status = VmLookup.one(host, name);
            var documents = reader.read("vm", Optional.of(Set.of(name))).get(name) instanceof Observed.Present present
                    ? Optional.of(present)
                    : Optional.<Observed.Present>empty();
            var guest = new VmView(status, documents, VmAddress.of(host.addresses(name)));
            // The document of a running VM says more: its image, its addresses, whether a channel is open.
            var document = documents.map(present -> present.live().orElse(present.defined()));
            var parts = document.map(VmInfo::parts).orElse(Map.of());
            if (invocation.globals().output() == Format.JSON) {
                var report = new LinkedHashMap<String, Object>();
                report.put("format_version", PlanReport.FORMAT);
                report.put("uri", uri);
                report.putAll(guest.report());
                report.putAll(parts);
                invocation.console().printJson(report);
            } else {
                text(guest, parts).forEach(invocation.console()::print);
            }
            return ExitCode.OK;
        }
    }

    private static Map<String, Object> parts(Element guest) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("type", guest.attribute("type").orElse(""));
        parts.put(
                "machine",
                guest.child("os")
                        .flatMap(os -> os.child("type"))
                        .flatMap(type -> type.attribute("machine"))
                        .orElse(""));
        parts.put("disks", devices(guest, "disk").map(VmInfo::disk).toList());
        parts.put("networks", devices(guest, "interface").map(VmInfo::network).toList());
        parts.put("shares", devices(guest, "filesystem").map(VmInfo::share).toList());
        parts.put("channels", devices(guest, "channel").map(VmInfo::channel).toList());
        SerialLog.file(guest).ifPresent(file -> parts.put("serial_log", file));
        return parts;
    }

    private static Stream<Element> devices(Element guest, String name) {
        return guest.children("devices").stream().flatMap(devices -> devices.children(name).stream());
    }

    private static Map<String, Object> disk(Element disk) {
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "target", disk.child("target").flatMap(target -> target.attribute("dev")));
        var source = disk.child("source");
        put(facts, "source", source.flatMap(found -> found.attribute("file")
                .or(() -> found.attribute("dev"))
                .or(() -> found.attribute("volume")
                        .map(volume -> found.attribute("pool").orElse("") + "/" + volume))));
        put(facts, "format", disk.child("driver").flatMap(driver -> driver.attribute("type")));
        return facts;
    }

    private static Map<String, Object> network(Element nic) {
        Map<String, Object> facts = new LinkedHashMap<>();
        var source = nic.child("source");
        put(facts, "network", source.flatMap(found -> found.attribute("network")));
        put(facts, "bridge", source.flatMap(found -> found.attribute("bridge")));
        put(facts, "mac", nic.child("mac").flatMap(mac -> mac.attribute("address")));
        put(facts, "model", nic.child("model").flatMap(model -> model.attribute("type")));
        put(facts, "filter", nic.child("filterref").flatMap(filter -> filter.attribute("filter")));
        put(facts, "device", nic.child("target").flatMap(target -> target.attribute("dev")));
        return facts;
    }

    private static Map<String, Object> share(Element share) {
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "target", share.child("target").flatMap(target -> target.attribute("dir")));
        put(facts, "source", share.child("source").flatMap(source -> source.attribute("dir")));
        return facts;
    }

    private static Map<String, Object> channel(Element channel) {
        Map<String, Object> facts = new LinkedHashMap<>();
        var target = channel.child("target");
        put(facts, "name", target.flatMap(found -> found.attribute("name")));
        put(facts, "state", target.flatMap(found -> found.attribute("state")));
        return facts;
    }

    private static void put(Map<String, Object> facts, String key, Optional<String> value) {
        value.ifPresent(text -> facts.put(key, text));
    }

    private static List<String> text(VmView guest, Map<String, Object> parts) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        lines.put("name", List.of(guest.name()));
        lines.put("uuid", List.of(guest.status().uuid()));
        lines.put("state", List.of(guest.state()));
        lines.put("cpus", List.of(Integer.toString(guest.status().processors())));
        lines.put("memory", List.of(guest.memory()));
        lines.put("autostart", List.of(guest.status().autostart() ? "yes" : "no"));
        lines.put("persistent", List.of(guest.status().persistent() ? "yes" : "no"));
        guest.project().ifPresent(project -> lines.put("project", List.of(project)));
        lines.put(
                "addresses", guest.addresses().stream().map(VmAddress::toString).toList());
        parts.forEach((key, value) -> lines.put(key.replace('_', ' '), words(value)));
        List<String> text = new ArrayList<>();
        lines.forEach((key, values) -> {
            for (var i = 0; i < values.size(); i++) {
                text.add("%-12s %s".formatted(i == 0 ? key + ":" : "", values.get(i)));
            }
        });
        return text;
    }

    private static List<String> words(Object value) {
        return switch (value) {
            case List<?> items ->
                items.stream().flatMap(item -> words(item).stream()).toList();
            case Map<?, ?> facts ->
                List.of(String.join(
                        " ", facts.values().stream().map(String::valueOf).toList()));
            default -> List.of(String.valueOf(value));
        };
    }
}
