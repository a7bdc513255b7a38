package dev.paddock.testkit.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All documents that are one small change away: a leaf changed or removed, an element removed, one added. */
final class PoolVariants {
    private static final List<String> TYPES =
            List.of("dir", "fs", "netfs", "logical", "disk", "iscsi", "scsi", "mpath");

    /** Values for a leaf of a name, tried until libvirt takes one as another. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("mode", List.of("0701")),
            Map.entry("owner", List.of("77")),
            Map.entry("group", List.of("78")),
            Map.entry("port", List.of("4711")),
            Map.entry("state", List.of("yes", "no")),
            Map.entry("part_separator", List.of("yes", "no")),
            Map.entry("managed", List.of("yes", "no")),
            Map.entry("uuid", List.of("2ec115d7-3a88-3ceb-bc12-0ac909a6fd88")),
            Map.entry("unique_id", List.of("4")),
            Map.entry("domain", List.of("0x0001")),
            Map.entry("bus", List.of("0x02")),
            Map.entry("slot", List.of("0x03")),
            Map.entry("function", List.of("0x4")),
            Map.entry("wwnn", List.of("20000000c9831b4c")),
            Map.entry("wwpn", List.of("10000000c9831b4c")),
            Map.entry("parent_fabric_wwn", List.of("2001000dec9877c2")),
            Map.entry("allocation", List.of("capacity", "default")));

    private static final List<String> FORMATS = List.of("ext4", "xfs", "nfs", "glusterfs", "gpt", "dos", "unknown");

    /** What may be added, by the path of its parent. */
    private static final Map<String, List<String>> ADDITIONS = Map.of(
            "",
            List.of(
                    "<features><cow state='yes'/></features>",
                    "<refresh><volume allocation='capacity'/></refresh>",
                    "<source/>",
                    "<fs:mount_opts xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0'>"
                            + "<fs:option name='nosuid'/></fs:mount_opts>"),
            "source",
            List.of(
                    "<vendor name='maker'/>",
                    "<product name='thing'/>",
                    "<protocol ver='3'/>",
                    "<host name='another.example.com'/>",
                    "<device path='/dev/sdz'/>",
                    "<initiator><iqn name='iqn.2013-06.com.example:other'/></initiator>",
                    "<auth type='chap' username='me'><secret usage='key'/></auth>",
                    "<name>other</name>",
                    "<format type='nfs'/>",
                    "<format type='ext4'/>",
                    "<format type='gpt'/>",
                    "<dir path='/other'/>"),
            "target",
            List.of("<permissions><mode>0701</mode></permissions>"),
            "target/permissions",
            List.of("<mode>0701</mode>", "<owner>77</owner>", "<group>78</group>", "<label>new</label>"),
            "fs:mount_opts",
            List.of("<fs:option xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0' name='nodev'/>"));

    private static final Map<String, Map<String, String>> ATTRIBUTES = Map.of(
            "source/host", Map.of("port", "4711"),
            "source/device", Map.of("part_separator", "no"),
            "source/adapter", Map.of("managed", "yes", "parent", "scsi_host9"),
            "source/adapter/parentaddr/address", Map.of("function", "0x4"));

    private PoolVariants() {}

    /** A place, with the documents that have something else there: the first that libvirt takes as different is meant. */
    record Site(String what, List<Element> documents) {}

    static List<Site> of(Element document) {
        List<Site> sites = new ArrayList<>();
        visit("", document, UnaryOperator.identity(), sites);
        sites.removeIf(site -> site.what().equals("change name")
                || site.what().equals("remove name")
                || site.what().equals("remove @type"));
        return sites;
    }

    private static void visit(String path, Element element, UnaryOperator<Element> whole, List<Site> sites) {
        element.attributes().forEach((name, value) -> {
            sites.add(new Site(
                    "change " + path + "@" + name,
                    values(path, name.local(), value).stream()
                            .map(other -> whole.apply(with(element, name, other)))
                            .toList()));
            sites.add(new Site("remove " + path + "@" + name, List.of(whole.apply(without(element, name)))));
        });
        if (element.children().isEmpty() && !element.text().isBlank()) {
            sites.add(new Site(
                    "change " + trimmed(path),
                    values(path, element.name().local(), element.text()).stream()
                            .map(other -> whole.apply(element.withText(other)))
                            .toList()));
        }
        var key = trimmed(path).replaceAll("\\[[0-9]+]", "");
        for (var addition : ADDITIONS.getOrDefault(key, List.of())) {
            var added = PoolDocuments.parsed(addition);
            sites.add(new Site("add " + path + added.name(), List.of(whole.apply(element.plus(added)))));
        }
        ATTRIBUTES.getOrDefault(key, Map.of()).forEach((name, value) -> {
            if (element.attribute(name).isEmpty()) {
                sites.add(
                        new Site("add " + path + "@" + name, List.of(whole.apply(element.withAttribute(name, value)))));
            }
        });
        for (var i = 0; i < element.children().size(); i++) {
            var index = i;
            var child = element.children().get(i);
            UnaryOperator<Element> around = changed -> {
                var children = new ArrayList<>(element.children());
                children.set(index, changed);
                return whole.apply(element.withChildren(children));
            };
            var children = new ArrayList<>(element.children());
            children.remove(index);
            sites.add(new Site("remove " + path + child.name(), List.of(whole.apply(element.withChildren(children)))));
            visit(path + child.name() + "/", child, around, sites);
        }
    }

    private static List<String> values(String path, String name, String value) {
        if (path.isEmpty() && name.equals("type")) {
            return TYPES.stream().filter(type -> !type.equals(value)).toList();
        }
        if (path.equals("source/format/")) {
            return FORMATS.stream().filter(format -> !format.equals(value)).toList();
        }
        return VALUES.getOrDefault(name, List.of(value + "x", value + "1")).stream()
                .filter(other -> !other.equals(value))
                .toList();
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Element with(Element element, XmlName name, String value) {
        var attributes = new LinkedHashMap<>(element.attributes());
        attributes.put(name, value);
        return element.withAttributes(attributes);
    }

    private static Element without(Element element, XmlName name) {
        var attributes = new LinkedHashMap<>(element.attributes());
        attributes.remove(name);
        return element.withAttributes(attributes);
    }
}
