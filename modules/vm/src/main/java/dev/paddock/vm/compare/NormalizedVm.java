package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmNormalizers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The form in which VMs are compared: amounts in one unit, without parts that libvirt drops, and without parts that it
 * derives from the rest of the document.
 */
public final class NormalizedVm {
    static final int KIB = 1024;
    private static final String HYPERVISORS = "http://libvirt.org/schemas/domain/";
    private static final String QEMU = HYPERVISORS + "qemu/1.0";
    private static final String UNLIMITED = "9007199254740991";

    private NormalizedVm() {}

    public static Element of(Element guest) {
        List<Element> children = new ArrayList<>();
        for (var child : guest.children()) {
            part(child).ifPresent(children::add);
        }
        if (guest.child("devices").isEmpty()) {
            children.add(Element.of("devices"));
        }
        var form = placed(cells(memory(guest.withChildren(children))));
        return boot(form).withoutAttribute("id");
    }

    private static Optional<Element> part(Element child) {
        if (child.name().space().startsWith(HYPERVISORS)
                && !child.name().space().equals(QEMU)) {
            // What is of another hypervisor, QEMU's driver ignores.
            return Optional.empty();
        }
        if (!child.name().space().isEmpty()) {
            return child.attributes().isEmpty() && child.children().isEmpty() ? Optional.empty() : Optional.of(child);
        }
        return switch (child.name().local()) {
            case "name" -> Optional.of(child.withText(child.text().strip()));
            case "vcpu" -> Optional.of(vcpu(child));
            case "memory", "currentMemory" -> Optional.of(amount(child, "KiB", KIB));
            case "maxMemory" -> Optional.of(amount(child, "KiB", KIB));
            case "memtune" -> unlessEmpty(memtune(child));
            case "memoryBacking" -> unlessEmpty(memoryBacking(child));
            case "cpu" -> unlessEmpty(NormalizedCpu.of(child));
            case "cputune" -> unlessEmpty(NormalizedCpu.tune(child));
            case "features" -> unlessEmpty(NormalizedFeatures.of(child));
            case "os" -> Optional.of(os(child));
            case "metadata" -> unlessEmpty(metadata(child));
            case "devices" -> Optional.of(NormalizedDevices.of(child));
            case "seclabel" -> seclabel(child);
            case "clock" -> Optional.of(NormalizedClock.of(child));
            case "pm" ->
                unlessEmpty(child.withChildren(child.children().stream()
                        .filter(each -> !each.attributes().isEmpty())
                        .toList()));
            case "blkiotune", "numatune", "iothreadids", "vcpus", "perf", "defaultiothread", "idmap" ->
                unlessEmpty(child);
            case "description", "title" -> child.text().isEmpty() ? Optional.empty() : Optional.of(child);
            default -> Optional.of(child);
        };
    }

    /** libvirt writes the number of processors at the start only if it is not the maximum. */
    private static Element vcpu(Element vcpu) {
        var all = vcpu.text().strip();
        var form = vcpu.withText(all);
        if (form.attribute("current").filter(all::equals).isPresent()) {
            form = form.withoutAttribute("current");
        }
        return form.attribute("placement").filter("static"::equals).isPresent()
                ? form.withoutAttribute("placement")
                : form;
    }

    /**
     * Memory that libvirt places follows processors that it places, and they follow it, unless they are pinned. See
     * virDomainDefParseXML in src/conf/domain_conf.c.
     */
    private static Element placed(Element guest) {
        var numatune = guest.child("numatune");
        var memory = numatune.flatMap(found -> found.child("memory"));
        if (memory.isEmpty()) {
            return guest;
        }
        var hasNodes = memory.get().attribute("nodeset").isPresent();
        var placement = memory.get().attribute("placement");
        if (hasNodes && placement.filter("static"::equals).isPresent()) {
            return guest.withChild(numatune.get().withChild(memory.get().withoutAttribute("placement")));
        }
        var vcpu = guest.child("vcpu");
        var isAuto = vcpu.flatMap(found -> found.attribute("placement"))
                .filter("auto"::equals)
                .isPresent();
        var isPlain = !hasNodes
                && memory.get().attribute("mode").map("strict"::equals).orElse(true);
        return isAuto && isPlain
                ? guest.withChildren(guest.children().stream()
                        .flatMap(child -> child.is("numatune")
                                ? unlessEmpty(child.withoutChildren("memory")).stream()
                                : java.util.stream.Stream.of(child))
                        .toList())
                : guest;
    }

    static Element amount(Element element, String fallback, long in) {
        return VmNormalizers.scaled(element.text(), element.attribute("unit").orElse(""), fallback, in)
                .map(text -> element.withText(text).withoutAttribute("unit"))
                .orElse(element);
    }

    /** Return an element whose attributes are an amount and its unit. */
    static Element amount(Element element, String attribute, String fallback, long in) {
        return element.attribute(attribute)
                .flatMap(text ->
                        VmNormalizers.scaled(text, element.attribute("unit").orElse(""), fallback, in))
                .map(text -> element.withAttribute(attribute, text).withoutAttribute("unit"))
                .orElse(element);
    }

    /**
     * The memory of a VM with NUMA cells is the sum of its cells and modules, whatever is declared. See
     * virDomainDefPostParseMemory in src/conf/domain_postparse.c.
     */
    private static Element memory(Element guest) {
        var cells = guest.children("cpu").stream()
                .flatMap(cpu -> cpu.children("numa").stream())
                .flatMap(numa -> numa.children("cell").stream())
                .toList();
        var form = guest;
        var sum = cells.stream().map(cell -> number(cell.attribute("memory"))).reduce(0L, Long::sum);
        if (sum > 0) {
            var modules = guest.children("devices").stream()
                    .flatMap(devices -> devices.children("memory").stream())
                    .flatMap(module -> module.children("target").stream())
                    .map(target -> number(target.childText("size")))
                    .reduce(0L, Long::sum);
            var total = Element.of("memory").withText(Long.toString(sum + modules));
            form = form.withChild(form.child("memory")
                    .map(memory -> memory.withText(total.text()))
                    .orElse(total));
        }
        // By default, a VM starts with all of its memory.
        var memory = number(form.childText("memory"));
        var current = form.childText("currentMemory");
        var isAll = current.isPresent() && (number(current) == 0 || number(current) >= memory);
        return isAll && memory > 0 ? form.withoutChildren("currentMemory") : form;
    }

    /** Processors without a cell belong to the first cell (virDomainNumaFillCPUsInNode in src/conf/numa_conf.c). */
    private static Element cells(Element guest) {
        var most = (int) number(guest.childText("vcpu"));
        var numa = guest.child("cpu").flatMap(cpu -> cpu.child("numa"));
        var cells = numa.map(found -> found.children("cell")).orElse(List.of());
        if (most == 0 || cells.isEmpty()) {
            return guest;
        }
        var free = new BitSet();
        free.set(0, most);
        cells.forEach(
                cell -> cell.attribute("cpus").flatMap(VmNormalizers::members).ifPresent(free::andNot));
        if (free.isEmpty()) {
            return guest;
        }
        var first = cells.stream()
                .filter(cell -> cell.attribute("id").filter("0"::equals).isPresent())
                .findFirst()
                .orElse(cells.getFirst());
        first.attribute("cpus").flatMap(VmNormalizers::members).ifPresent(free::or);
        var filled = first.withAttribute("cpus", VmNormalizers.ranges(free));
        var cpu = guest.child("cpu").orElseThrow();
        return guest.withChild(cpu.withChild(numa.orElseThrow()
                .withChildren(numa.orElseThrow().children().stream()
                        .map(child -> child.equals(first) ? filled : child)
                        .toList())));
    }

    /** Return an amount of memory that a document says, in KiB. */
    public static Optional<String> amountOf(Element guest, String name) {
        return guest.child(name).map(found -> amount(found, "KiB", KIB).text().strip());
    }

    private static long number(Optional<String> text) {
        return text.filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static Element memtune(Element memtune) {
        return memtune.withChildren(memtune.children().stream()
                .map(limit -> amount(limit, "KiB", KIB))
                .filter(limit -> !limit.text().equals(UNLIMITED))
                .toList());
    }

    private static Element memoryBacking(Element backing) {
        return backing.withChildren(backing.children().stream()
                .filter(child -> !(Set.of("source", "access", "allocation")
                                .contains(child.name().local())
                        && child.attributes().isEmpty()))
                .map(child -> child.is("hugepages")
                        ? child.withChildren(child.children().stream()
                                .map(page -> amount(page, "size", "KiB", KIB))
                                .toList())
                        : child)
                .toList());
    }

    private static Element os(Element os) {
        return os.withChildren(os.children().stream()
                .map(child -> child.is("bootmenu")
                                && child.attribute("enable")
                                        .filter("yes"::equals)
                                        .isEmpty()
                        ? child.withoutAttribute("timeout")
                        : child)
                .filter(child -> !(child.children().isEmpty()
                        && child.attributes().isEmpty()
                        && child.text().isBlank()))
                .toList());
    }

    /** By default, a VM boots from its disk, unless the document or a device specifies otherwise. */
    private static Element boot(Element guest) {
        var os = guest.child("os");
        var ordered = guest.children("devices").stream()
                .flatMap(devices -> devices.children().stream())
                .anyMatch(device -> device.child("boot").isPresent());
        var isHvm = os.flatMap(found -> found.childText("type"))
                .filter("hvm"::equals)
                .isPresent();
        if (os.isEmpty() || !isHvm || ordered || os.get().child("boot").isPresent()) {
            return guest;
        }
        return guest.withChild(os.get().plus(Element.of("boot").withAttribute("dev", "hd")));
    }

    /** libvirt keeps the first element of each namespace (virXMLNodeSanitizeNamespaces in src/util/virxml.c). */
    private static Element metadata(Element metadata) {
        Set<String> spaces = new LinkedHashSet<>();
        return metadata.withChildren(metadata.children().stream()
                .filter(child -> !child.name().space().isEmpty()
                        && spaces.add(child.name().space()))
                .toList());
    }

    /** A label that is generated at each start has no meaning. */
    private static Optional<Element> seclabel(Element seclabel) {
        if (seclabel.attribute("model").filter("none"::equals).isPresent()) {
            return Optional.of(seclabel.withAttribute("type", "none")
                    .withoutAttribute("relabel")
                    .withChildren(List.of()));
        }
        if (seclabel.attribute("type").filter("none"::equals).isPresent()) {
            return Optional.of(seclabel.withChildren(List.of()));
        }
        var form = seclabel.withoutChildren("imagelabel");
        if (!form.attribute("type").orElse("dynamic").equals("dynamic")) {
            return Optional.of(form);
        }
        return form.child("baselabel").isEmpty()
                ? Optional.empty()
                : Optional.of(form.withoutAttribute("relabel").withAttribute("type", "dynamic"));
    }

    static Optional<Element> unlessEmpty(Element element) {
        return element.attributes().isEmpty() && element.children().isEmpty() ? Optional.empty() : Optional.of(element);
    }
}
