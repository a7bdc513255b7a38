package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Assigns indexes to controllers without one, as libvirt does: the next free index of the type. */
final class ControllerIndexes {
    private final Map<String, Set<String>> used = new HashMap<>();

    /** Controllers that form one USB 2 controller share an index. */
    private Optional<Companions> companions = Optional.empty();

    private record Companions(String index, Set<String> models) {}

    ControllerIndexes(Element devices) {
        for (var controller : devices.children("controller")) {
            controller.attribute("index").ifPresent(index -> used(controller).add(index));
        }
    }

    private Set<String> used(Element controller) {
        return used.computeIfAbsent(controller.attribute("type").orElse(""), type -> new HashSet<>());
    }

    Element on(Element controller) {
        if (controller.attribute("index").isPresent()) {
            return controller;
        }
        var taken = used(controller);
        var model = controller.attribute("model").orElse("");
        if (model.startsWith("ich9-")
                && companions.map(known -> !known.models().contains(model)).orElse(false)) {
            companions.get().models().add(model);
            return controller.withAttribute("index", companions.get().index());
        }
        var index = 0;
        while (taken.contains(Integer.toString(index))) {
            index++;
        }
        if (model.startsWith("ich9-")) {
            companions = Optional.of(new Companions(Integer.toString(index), new HashSet<>(Set.of(model))));
        }
        taken.add(Integer.toString(index));
        return controller.withAttribute("index", Integer.toString(index));
    }

    /** Return the controllers of a VM, each with an index. */
    static List<Element> controllers(Element guest) {
        List<Element> found = new ArrayList<>();
        for (var devices : guest.children("devices")) {
            var indexes = new ControllerIndexes(devices);
            devices.children("controller").forEach(each -> found.add(indexes.on(each)));
        }
        return found;
    }
}
