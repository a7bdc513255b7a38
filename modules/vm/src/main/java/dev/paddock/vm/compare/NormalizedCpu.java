package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmNormalizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The form in which CPUs are compared. */
final class NormalizedCpu {
    private static final int KIB = 1024;
    private static final Set<String> HOST = Set.of("host-model", "host-passthrough", "maximum");

    private NormalizedCpu() {}

    static Element of(Element cpu) {
        var isHosts = cpu.attribute("mode").filter(HOST::contains).isPresent();
        List<Element> children = new ArrayList<>();
        for (var child : cpu.children()) {
            if (child.is("model")) {
                // An element without a name changes the CPU of the host, or the default of the machine, or has no
                // meaning.
                var form = child.withText(child.text().strip());
                if (!form.text().isEmpty() || form.attribute("vendor_id").isPresent()) {
                    children.add(form.text().isEmpty() ? form.withoutAttribute("fallback") : form);
                }
            } else if (child.is("numa")) {
                children.add(numa(child));
            } else {
                children.add(child);
            }
        }
        var form = cpu.withChildren(children);
        return isHosts ? form.withoutAttribute("match") : form;
    }

    private static Element numa(Element numa) {
        List<Element> children = new ArrayList<>();
        var next = 0;
        for (var child : numa.children()) {
            if (child.is("cell")) {
                var cell = NormalizedVm.amount(child, "memory", "KiB", KIB);
                children.add(
                        cell.attribute("id").isPresent()
                                ? caches(cell)
                                : caches(cell).withAttribute("id", Integer.toString(next)));
                next++;
            } else {
                children.add(child.withChildren(child.children().stream()
                        .map(part -> part.is("bandwidth") ? NormalizedVm.amount(part, "value", "KiB", KIB) : part)
                        .toList()));
            }
        }
        return numa.withChildren(children);
    }

    private static Element caches(Element cell) {
        return cell.withChildren(cell.children().stream()
                .map(child -> child.is("cache") ? cache(child) : child)
                .toList());
    }

    /** A word for none is none, and libvirt does not look at units here. */
    private static Element cache(Element cache) {
        var form = cache;
        for (var name : List.of("associativity", "policy")) {
            form = form.attribute(name).filter("none"::equals).isPresent() ? form.withoutAttribute(name) : form;
        }
        return form.withChildren(form.children().stream()
                .map(part -> part.withoutAttribute("unit"))
                .toList());
    }

    /** libvirt writes one scheduler element for each processor. */
    static Element tune(Element tune) {
        List<Element> children = new ArrayList<>();
        for (var child : tune.children()) {
            if (child.is("vcpusched")) {
                children.addAll(each(child, "vcpus"));
            } else if (child.is("iothreadsched")) {
                children.addAll(each(child, "iothreads"));
            } else if (child.is("cachetune")) {
                children.add(child.withChildren(child.children().stream()
                        .map(cache -> NormalizedVm.amount(cache, "size", "B", 1))
                        .toList()));
            } else {
                children.add(child.withText(child.text().strip()));
            }
        }
        return tune.withChildren(children);
    }

    private static List<Element> each(Element scheduler, String attribute) {
        var form = scheduler.attribute("priority").isEmpty()
                        && scheduler
                                .attribute("scheduler")
                                .filter(Set.of("fifo", "rr")::contains)
                                .isPresent()
                ? scheduler.withAttribute("priority", "0")
                : scheduler;
        return scheduler
                .attribute(attribute)
                .flatMap(VmNormalizers::members)
                .map(set -> set.stream()
                        .mapToObj(number -> form.withAttribute(attribute, Integer.toString(number)))
                        .toList())
                .orElse(List.of(form));
    }
}
