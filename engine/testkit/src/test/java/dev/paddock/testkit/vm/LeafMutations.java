package dev.paddock.testkit.vm;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Documents that differ from another in one leaf, or one element. */
final class LeafMutations {
    private LeafMutations() {}

    /**
     * A document with one thing changed.
     *
     * @param path of what was changed, by names alone, as rules have it
     * @param candidates documents to try in turn, as libvirt may refuse or ignore some
     */
    record Mutation(String what, String path, List<Element> candidates) {}

    static List<Mutation> of(Element document) {
        List<Mutation> mutations = new ArrayList<>();
        visit("", document, mutations);
        return mutations;
    }

    private static void visit(String path, Element element, List<Mutation> into) {
        for (var attribute : element.attributes().entrySet()) {
            var at = below(path, "@" + attribute.getKey());
            into.add(new Mutation(
                    "change",
                    at,
                    values(attribute.getValue())
                            .map(value -> with(element, attribute.getKey(), value))
                            .toList()));
            into.add(new Mutation("remove", at, List.of(without(element, attribute.getKey()))));
        }
        if (!path.isEmpty() && element.children().isEmpty() && !element.text().isBlank()) {
            into.add(new Mutation(
                    "change",
                    path,
                    values(element.text().strip()).map(element::withText).toList()));
        }
        for (var i = 0; i < element.children().size(); i++) {
            var index = i;
            var child = element.children().get(i);
            if (path.isEmpty() && (child.is("name") || child.is("uuid"))) {
                continue;
            }
            var at = below(path, child.name().toString());
            List<Element> left = new ArrayList<>(element.children());
            left.remove(index);
            into.add(new Mutation("remove", at, List.of(element.withChildren(left))));
            List<Mutation> inner = new ArrayList<>();
            visit(at, child, inner);
            for (var mutation : inner) {
                into.add(new Mutation(
                        mutation.what(),
                        mutation.path(),
                        mutation.candidates().stream()
                                .map(changed -> {
                                    List<Element> children = new ArrayList<>(element.children());
                                    children.set(index, changed);
                                    return element.withChildren(children);
                                })
                                .toList()));
            }
        }
    }

    private static Stream<String> values(String value) {
        var words = List.of(
                List.of("yes", "no"),
                List.of("on", "off"),
                List.of("destroy", "restart", "preserve"),
                List.of("utc", "localtime"),
                List.of("virtio", "e1000", "scsi", "ide", "sata", "usb"),
                List.of("none", "writeback", "writethrough", "unsafe"),
                List.of("hd", "cdrom", "network"),
                List.of("up", "down"),
                List.of("raw", "qcow2"),
                List.of("require", "disable", "force", "forbid"),
                List.of("file", "block"),
                List.of("native", "threads"),
                List.of("delay", "catchup", "discard", "merge"),
                List.of("qxl", "vga", "cirrus", "bochs"),
                List.of("ich6", "ich9", "ac97"),
                List.of("nat", "bridge"));
        var others = words.stream()
                .filter(group -> group.contains(value))
                .flatMap(List::stream)
                .filter(word -> !word.equals(value));
        Stream<String> derived;
        if (value.matches("[0-9]{1,15}")) {
            var number = Long.parseLong(value);
            derived = Stream.of(number + 1, number * 2, number - 1)
                    .filter(next -> next >= 0)
                    .map(String::valueOf);
        } else if (value.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
            derived = Stream.of(value.substring(0, 15) + (value.endsWith("7a") ? "7b" : "7a"));
        } else if (value.matches("0x[0-9a-fA-F]+")) {
            derived = Stream.of(Long.parseLong(value.substring(2), 16) + 1).map(next -> "0x" + Long.toHexString(next));
        } else {
            derived = Stream.of(value + "x", value.length() > 3 ? value.substring(0, value.length() - 1) : value + "1");
        }
        return Stream.concat(others, derived).distinct();
    }

    private static Element with(Element element, XmlName name, String value) {
        var attributes = new java.util.LinkedHashMap<>(element.attributes());
        attributes.put(name, value);
        return element.withAttributes(attributes);
    }

    private static Element without(Element element, XmlName name) {
        var attributes = new java.util.LinkedHashMap<>(element.attributes());
        attributes.remove(name);
        return element.withAttributes(attributes);
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
