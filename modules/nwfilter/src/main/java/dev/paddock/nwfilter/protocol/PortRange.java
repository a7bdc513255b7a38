package dev.paddock.nwfilter.protocol;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ports as {@code 53} or {@code 1024-65535}; libvirt writes two attributes. */
public final class PortRange {
    /** The canonical form always has both ends, separated by a dash. */
    public static final ScalarType TYPE = new ScalarType(
            "a port or a range of ports",
            Map.of("type", List.of("integer", "string"), "examples", List.of(53, "1024-65535", "$PORT")),
            PortRange::read);

    /** The short forms, by the attributes that they replace. */
    public static final Map<String, Ends> SHORT = shortForms();

    /** The two attributes of a range. */
    public record Ends(String start, String end) {}

    private PortRange() {}

    private static Map<String, Ends> shortForms() {
        Map<String, Ends> forms = new LinkedHashMap<>();
        for (var name : List.of("srcport", "dstport")) {
            forms.put(name, new Ends(name + "start", name + "end"));
        }
        return Collections.unmodifiableMap(forms);
    }

    /** Return the short form; absent if none stands for exactly these two values. */
    public static Optional<String> of(String start, String end) {
        var written = start.equals(end) ? start : start + "-" + end;
        return read(written).equals(new Reading.Good(start + "-" + end)) ? Optional.of(written) : Optional.empty();
    }

    private static Reading read(String text) {
        var parts = text.split("-", -1);
        if (parts.length > 2) {
            return new Reading.Bad("'" + text + "' is neither a port, such as 53, nor a range, such as 1024-65535.");
        }
        var start = NumberFormats.WORD.type().read().apply(parts[0].strip());
        var end = NumberFormats.WORD.type().read().apply(parts[parts.length - 1].strip());
        if (start instanceof Reading.Bad) {
            return start;
        }
        return end instanceof Reading.Good last && start instanceof Reading.Good first
                ? ordered(text, first.text(), last.text())
                : end;
    }

    private static Reading ordered(String text, String first, String last) {
        return first.matches("[0-9]+") && last.matches("[0-9]+") && Long.parseLong(first) > Long.parseLong(last)
                ? new Reading.Bad("The range '" + text + "' ends before it starts.")
                : new Reading.Good(first + "-" + last);
    }
}
