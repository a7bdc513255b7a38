package dev.paddock.vm.document;

import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds devices in documents. */
public final class VmDevices {
    private static final Pattern KEY =
            Pattern.compile("\\[(?:@?[a-z/]*@)([a-zA-Z]+)=['\"]([^'\"]*)['\"]\\]|\\[([0-9]+)\\]");

    private VmDevices() {}

    public static List<Element> of(Element guest, String name) {
        return guest.children("devices").stream()
                .flatMap(devices -> devices.children(name).stream())
                .toList();
    }

    /** Return a lasting key that distinguishes a device from others of its name; absent if it has none. */
    public static Optional<String> key(Element device) {
        return switch (device.name().local()) {
            case "disk" -> attribute(device, "target", "dev");
            case "interface" -> attribute(device, "mac", "address").map(mac -> mac.toLowerCase(java.util.Locale.ROOT));
            case "channel" -> attribute(device, "target", "name");
            case "graphics" -> device.attribute("type");
            default -> Optional.empty();
        };
    }

    public static Optional<String> attribute(Element device, String child, String attribute) {
        return device.child(child).flatMap(found -> found.attribute(attribute));
    }

    public static Optional<Element> like(Element device, Element guest) {
        return key(device).flatMap(key -> of(guest, device.name().local()).stream()
                .filter(other -> key(other).equals(Optional.of(key)))
                .findFirst());
    }

    /** Return the device that the path of a change leads to or into. */
    public static Optional<Element> at(String path, String name, Element guest) {
        var prefix = "devices/" + name;
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        var devices = of(guest, name);
        var rest = path.substring(prefix.length());
        var matcher = KEY.matcher(rest);
        if (!rest.startsWith("[") || !matcher.lookingAt()) {
            return devices.stream().findFirst();
        }
        if (matcher.group(3) != null) {
            var index = Integer.parseInt(matcher.group(3)) - 1;
            return index < devices.size() ? Optional.of(devices.get(index)) : Optional.empty();
        }
        var value = matcher.group(2);
        return devices.stream()
                .filter(device -> device.children().stream()
                        .flatMap(child ->
                                Stream.of(child.attribute(matcher.group(1)).orElse("")))
                        .anyMatch(value::equalsIgnoreCase))
                .findFirst();
    }
}
