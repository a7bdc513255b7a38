package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The document of a running VM in the form in which it is compared: without values that libvirt determined at the
 * start.
 */
public final class NormalizedLiveVm {
    /** The elements that a start fills in if the definition leaves them open. */
    private static final Set<String> OF_START = Set.of("resource", "vcpus", "iothreadids");

    private NormalizedLiveVm() {}

    public static Element of(Element live, Element defined) {
        List<Element> children = new ArrayList<>();
        for (var child : live.children()) {
            var own = defined.child(child.name().local());
            switch (child.name().local()) {
                case "currentMemory", "seclabel", "genid" -> {}
                case "vcpu" ->
                    children.add(own.map(definition -> vcpu(child, definition)).orElse(child));
                case "cpu" -> children.add(cpu(child, own));
                case "os" -> children.add(os(child, own.orElse(child)));
                case "features" -> children.add(features(child, live, defined));
                case "devices" -> children.add(NormalizedLiveDevices.of(child, own.orElse(child)));
                case "clock" -> children.add(clock(child, own));
                default -> {
                    if (!OF_START.contains(child.name().local()) || own.isPresent()) {
                        children.add(child);
                    }
                }
            }
        }
        // The current size of the balloon is not a difference, and labels are generated at each start. "All of the
        // memory" is not an amount: the running VM may have another maximum.
        var isAll = defined.childText("currentMemory").equals(defined.childText("memory"));
        defined.children().stream()
                .filter(child -> !(isAll && child.is("currentMemory")))
                .filter(child -> Set.of("currentMemory", "seclabel", "genid")
                        .contains(child.name().local()))
                .forEach(children::add);
        return NormalizedVm.of(live.withChildren(children));
    }

    /**
     * A running VM may have another maximum than its definition. It has not drifted if it has as many processors as
     * both its maximum and the definition allow.
     */
    private static Element vcpu(Element live, Element defined) {
        var most = live.text().strip();
        if (most.equals(defined.text().strip())) {
            return live;
        }
        var now = number(live.attribute("current").orElse(most));
        var wanted = Math.min(
                number(defined.attribute("current").orElse(defined.text().strip())), number(most));
        var form = live.withoutAttribute("current");
        return now == wanted
                ? defined.attribute("current")
                        .map(current -> form.withAttribute("current", current))
                        .orElse(form)
                : form.withAttribute("current", Long.toString(now));
    }

    private static long number(String digits) {
        return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : 0;
    }

    /** A start writes down every feature of the CPU model on this host. */
    private static Element cpu(Element live, Optional<Element> defined) {
        if (defined.isEmpty()) {
            return live;
        }
        var definition = defined.get();
        var isResolved =
                definition.attribute("mode").filter("host-model"::equals).isPresent();
        var isSame = isResolved
                || (definition.attribute("mode").equals(live.attribute("mode"))
                        && (definition.child("model").isEmpty()
                                || definition.childText("model").equals(live.childText("model"))));
        if (!isSame) {
            return live;
        }
        List<Element> children = new ArrayList<>();
        for (var child : definition.children()) {
            switch (child.name().local()) {
                case "feature" ->
                    live.children("feature").stream()
                            .filter(other -> other.attribute("name").equals(child.attribute("name")))
                            .findFirst()
                            .or(() -> Optional.of(child))
                            .ifPresent(children::add);
                case "model", "vendor" -> children.add(child);
                default -> live.child(child.name().local()).ifPresent(children::add);
            }
        }
        live.children().stream()
                .filter(child -> !Set.of("feature", "model", "vendor")
                        .contains(child.name().local()))
                .filter(child -> definition.child(child.name().local()).isEmpty())
                .forEach(children::add);
        return definition.withChildren(children);
    }

    /** A VM that sets its clock changes how far the clock is off. */
    private static Element clock(Element live, Optional<Element> defined) {
        var isOwn = live.attribute("offset").filter("variable"::equals).isPresent()
                && defined.filter(own ->
                                NormalizedClock.of(own).attribute("offset").equals(live.attribute("offset")))
                        .isPresent();
        return isOwn
                ? live.withAttribute(
                        "adjustment",
                        NormalizedClock.of(defined.orElseThrow())
                                .attribute("adjustment")
                                .orElse("0"))
                : live;
    }

    private static Element os(Element live, Element defined) {
        // At the start, some versions of libvirt lose the mark that they chose the firmware.
        var firmware = defined.attribute("firmware")
                .filter(own -> live.attribute("firmware").isEmpty());
        var form = firmware.map(own -> live.withAttribute("firmware", own)).orElse(live);
        return form.withChildren(live.children().stream()
                .filter(child -> !Set.of("loader", "nvram", "firmware")
                                .contains(child.name().local())
                        || defined.child(child.name().local()).isPresent())
                .map(child -> child.is("loader")
                        ? defined.child("loader")
                                .filter(own -> own.text().isEmpty())
                                .orElse(child)
                        : child)
                .toList());
    }

    /** The same holds for System Management Mode, which the firmware requires. */
    private static Element features(Element live, Element running, Element defined) {
        var isAsked = defined.child("os")
                        .flatMap(os -> os.attribute("firmware"))
                        .isPresent()
                && defined.child("features").flatMap(own -> own.child("smm")).isEmpty()
                && running.child("os")
                        .flatMap(os -> os.child("loader"))
                        .flatMap(loader -> loader.attribute("secure"))
                        .filter("yes"::equals)
                        .isPresent();
        return isAsked ? live.withoutChildren("smm") : live;
    }
}
