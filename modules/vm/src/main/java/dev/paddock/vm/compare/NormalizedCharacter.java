package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form in which character devices are compared: their source has what their type has. See
 * virDomainChrSourceDefParseXML in libvirt's src/conf/domain_conf.c.
 */
final class NormalizedCharacter {
    private static final String SOURCE = "source";

    /** The attributes of a source, by type; of a type that is not here all. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "null", Set.of(),
            "vc", Set.of(),
            "pty", Set.of(),
            "stdio", Set.of(),
            "spicevmc", Set.of(),
            "file", Set.of("path", "append"),
            "dev", Set.of("path"),
            "pipe", Set.of("path"),
            "unix", Set.of("path", "mode"),
            "spiceport", Set.of("channel"));

    private NormalizedCharacter() {}

    static Element of(Element device) {
        var type = device.attribute("type").orElse("");
        var form = device.withoutAttribute("tty");
        form = type.isEmpty() || type.equals("tcp") ? form : form.withoutChildren("protocol");
        var allowed = ATTRIBUTES.get(type);
        if (allowed == null) {
            return form;
        }
        return form.withChildren(form.children().stream()
                .flatMap(child -> child.is(SOURCE)
                        ? NormalizedVm.unlessEmpty(source(child, allowed)).stream()
                        : java.util.stream.Stream.of(child))
                .toList());
    }

    private static Element source(Element source, Set<String> allowed) {
        Map<XmlName, String> attributes = new LinkedHashMap<>(source.attributes());
        attributes.keySet().removeIf(name -> !allowed.contains(name.local()));
        return source.withAttributes(attributes).withChildren(allowed.isEmpty() ? List.of() : source.children());
    }
}
