package dev.paddock.vm.playbook;

import dev.paddock.api.step.Readiness;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.vm.document.ReadinessMetadata;
import dev.paddock.vm.document.ShutdownPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Describes a VM as fields of a playbook, as far as there are fields. Reading them back shows whether they are
 * complete.
 */
public final class VmDescription {
    private static final long KIBIBYTES = 1024;

    private final Element guest;
    private final Map<String, Object> words = new LinkedHashMap<>();

    private VmDescription(Element guest) {
        this.guest = guest;
    }

    public static Map<String, Object> of(Element guest) {
        return new VmDescription(guest).words();
    }

    private Map<String, Object> words() {
        guest.childText("uuid").ifPresent(uuid -> words.put("uuid", uuid));
        guest.childText("title").ifPresent(title -> words.put("title", title));
        guest.childText("description").ifPresent(text -> words.put("description", text));
        metadata();
        guest.attribute("type").ifPresent(type -> words.put("type", type));
        guest.childText("vcpu").ifPresent(count -> words.put("cpus", count.strip()));
        cpu();
        guest.childText("memory").ifPresent(kibibytes -> words.put("memory", amount(kibibytes.strip())));
        os();
        put("disks", devices("disk").stream().map(VmDescription::disk).toList());
        put(
                "networks",
                devices("interface").stream().map(VmDescription::network).toList());
        put(
                "channels",
                devices("channel").stream()
                        .flatMap(channel -> channel(channel).stream())
                        .toList());
        serial();
        words.put("rng", devices("rng").isEmpty() ? "no" : "yes");
        devices("graphics").stream().findFirst().ifPresent(graphics -> words.put("graphics", graphics(graphics)));
        put("shares", devices("filesystem").stream().map(VmDescription::share).toList());
        ports();
        return words;
    }

    private List<Element> devices(String name) {
        return guest.children("devices").stream()
                .flatMap(devices -> devices.children(name).stream())
                .toList();
    }

    private void put(String key, List<?> items) {
        if (!items.isEmpty()) {
            words.put(key, items);
        }
    }

    private static String amount(String kibibytes) {
        return kibibytes.matches("[0-9]{1,15}") && Long.parseLong(kibibytes) % KIBIBYTES == 0
                ? Long.parseLong(kibibytes) / KIBIBYTES + " MiB"
                : kibibytes + " KiB";
    }

    private void metadata() {
        List<String> others = new ArrayList<>();
        for (var metadata : guest.children("metadata")) {
            for (var child : metadata.children()) {
                switch (child.name().space()) {
                    case ShutdownPolicy.SPACE -> shutdown(child);
                    case ReadinessMetadata.SPACE -> ReadinessMetadata.of(guest).ifPresent(this::ready);
                    default -> others.add(XmlWriter.write(child));
                }
            }
        }
        if (!others.isEmpty()) {
            words.put("metadata", String.join("", others));
        }
    }

    private void shutdown(Element shutdown) {
        Map<String, Object> fields = new LinkedHashMap<>();
        shutdown.attribute("timeout").ifPresent(seconds -> fields.put("timeout", seconds));
        shutdown.attribute("force").ifPresent(force -> fields.put("force", force));
        words.put("shutdown", fields);
    }

    private void ready(Readiness ready) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putIf(fields, "agent", ready.agent());
        putIf(fields, "address", ready.address());
        putIf(fields, "ssh", ready.ssh());
        putIf(fields, "cloud_init", ready.cloudInit());
        if (!ready.command().isEmpty()) {
            fields.put("command", ready.command());
        }
        fields.put("timeout", Long.toString(ready.patience().toSeconds()));
        words.put("ready", fields);
    }

    private static void putIf(Map<String, Object> fields, String key, boolean holds) {
        if (holds) {
            fields.put(key, "yes");
        }
    }

    private void cpu() {
        guest.child("cpu").ifPresent(cpu -> cpu.attribute("mode")
                .filter(mode -> !mode.equals("custom"))
                .or(() -> cpu.childText("model"))
                .ifPresent(word -> words.put("cpu", word)));
    }

    private void os() {
        guest.child("os").ifPresent(os -> {
            os.child("type").flatMap(type -> type.attribute("machine")).ifPresent(name -> words.put("machine", name));
            os.attribute("firmware").ifPresent(firmware -> words.put("firmware", firmware));
            os.childText("kernel").ifPresent(kernel -> {
                Map<String, Object> boot = new LinkedHashMap<>();
                boot.put("kernel", kernel);
                os.childText("initrd").ifPresent(initrd -> boot.put("initrd", initrd));
                os.childText("cmdline").ifPresent(cmdline -> boot.put("cmdline", cmdline));
                words.put("boot", boot);
            });
        });
    }

    public static Map<String, Object> disk(Element disk) {
        Map<String, Object> fields = new LinkedHashMap<>();
        var target = disk.child("target");
        put(fields, "target", target.flatMap(found -> found.attribute("dev")));
        var source = disk.child("source");
        put(fields, "file", source.flatMap(found -> found.attribute("file")));
        put(fields, "device", source.flatMap(found -> found.attribute("dev")));
        put(fields, "pool", source.flatMap(found -> found.attribute("pool")));
        put(fields, "volume", source.flatMap(found -> found.attribute("volume")));
        var driver = disk.child("driver");
        put(fields, "format", driver.flatMap(found -> found.attribute("type")));
        put(fields, "media", disk.attribute("device").filter(media -> !media.equals("disk")));
        put(fields, "bus", target.flatMap(found -> found.attribute("bus")));
        put(fields, "cache", driver.flatMap(found -> found.attribute("cache")));
        putIf(fields, "readonly", disk.child("readonly").isPresent());
        put(fields, "serial", disk.childText("serial"));
        return fields;
    }

    private static Map<String, Object> network(Element nic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        var source = nic.child("source");
        put(fields, "name", source.flatMap(found -> found.attribute("network")));
        put(fields, "bridge", source.flatMap(found -> found.attribute("bridge")));
        put(
                fields,
                "key",
                nic.child("alias")
                        .flatMap(alias -> alias.attribute("name"))
                        .filter(name -> name.startsWith("ua-"))
                        .map(name -> name.substring("ua-".length())));
        put(fields, "mac", nic.child("mac").flatMap(mac -> mac.attribute("address")));
        put(fields, "model", nic.child("model").flatMap(model -> model.attribute("type")));
        nic.child("filterref").ifPresent(filter -> fields.put("filter", filter(filter)));
        put(fields, "link", nic.child("link").flatMap(link -> link.attribute("state")));
        put(fields, "isolated", nic.child("port").flatMap(port -> port.attribute("isolated")));
        return fields;
    }

    private static Map<String, Object> filter(Element filter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "name", filter.attribute("filter"));
        var parameters = filter.children("parameter").stream()
                .collect(Collectors.toMap(
                        parameter -> parameter.attribute("name").orElse(""),
                        parameter -> parameter.attribute("value").orElse(""),
                        // The fields hold one of several values of the same name. Reading them back shows the loss.
                        (first, second) -> first,
                        LinkedHashMap::new));
        if (!parameters.isEmpty()) {
            fields.put("parameters", parameters);
        }
        return fields;
    }

    private static Optional<Map<String, Object>> channel(Element channel) {
        return channel.child("target")
                .filter(target ->
                        target.attribute("type").filter("virtio"::equals).isPresent())
                .flatMap(target -> target.attribute("name"))
                .map(name -> Map.<String, Object>of("name", name));
    }

    private void serial() {
        var serial = devices("serial").stream().findFirst();
        if (serial.isEmpty()) {
            words.put("serial", "no");
        } else if (serial.get().child("log").isEmpty()) {
            words.put("serial_log", "no");
        }
    }

    private static Map<String, Object> graphics(Element graphics) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "type", graphics.attribute("type"));
        put(fields, "listen", graphics.child("listen").flatMap(listen -> listen.attribute("address")));
        put(fields, "port", graphics.attribute("port").filter(port -> !port.equals("-1")));
        put(fields, "password", graphics.attribute("passwd"));
        return fields;
    }

    private static Map<String, Object> share(Element share) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "source", share.child("source").flatMap(source -> source.attribute("dir")));
        put(fields, "target", share.child("target").flatMap(target -> target.attribute("dir")));
        putIf(fields, "readonly", share.child("readonly").isPresent());
        return fields;
    }

    private void ports() {
        var count = devices("controller").stream()
                .filter(controller -> controller
                        .attribute("model")
                        .filter("pcie-root-port"::equals)
                        .isPresent())
                .count();
        if (count > 0) {
            words.put("ports", Long.toString(count));
        }
    }

    private static void put(Map<String, Object> fields, String key, Optional<String> value) {
        value.ifPresent(text -> fields.put(key, text));
    }
}
