package dev.paddock.network.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.Map;

/** The cost of a change of a network in its present state. */
public final class NetworkCost {
    /** The records that virNetworkUpdate identifies by their values, by the path of their elements. */
    private static final Map<String, String> RECORDS = Map.of("dns/host", "host", "dns/txt", "txt", "dns/srv", "srv");

    private NetworkCost() {}

    public static Cost of(Change change, Observed.Present observed) {
        return switch (change.pattern()) {
            case "state" -> change.after().filter("inactive"::equals).isPresent() ? Cost.RESTART : Cost.LIVE;
            case "autostart", "persistent" -> Cost.LIVE;
            default -> ofDocument(change, observed);
        };
    }

    private static Cost ofDocument(Change change, Observed.Present observed) {
        if (change.action() == Change.Action.RELEASE) {
            return Cost.LIVE;
        }
        if (change.cost() == Cost.REPLACE) {
            return Cost.REPLACE;
        }
        if (!observed.active() || change.pattern().startsWith("metadata")) {
            return Cost.LIVE;
        }
        var running = observed.live().orElse(observed.defined());
        return isRefused(change, running, observed.defined()) ? Cost.RESTART : change.cost();
    }

    /** Return whether libvirt would reject a live change that it supports for other networks. */
    private static boolean isRefused(Change change, Element running, Element defined) {
        if (change.pattern().startsWith("forward/")) {
            return change.cost() == Cost.LIVE && change.action() != Change.Action.ADD && isInUse(change, running);
        }
        return RECORDS.entrySet().stream()
                .filter(record -> (change.pattern() + "/").startsWith(record.getKey() + "/"))
                .anyMatch(record -> LiveSections.hasDuplicates(running, record.getValue())
                        || LiveSections.hasDuplicates(defined, record.getValue()));
    }

    /** libvirt does not remove a device that VMs use. */
    private static boolean isInUse(Change change, Element running) {
        return running.children("forward").stream()
                .flatMap(forward -> forward.children("interface").stream())
                .filter(device -> device.attribute("dev")
                        .filter(name -> names(change, name))
                        .isPresent())
                .anyMatch(device -> device.attribute("connections")
                        .filter(count -> !count.equals("0"))
                        .isPresent());
    }

    /** The change concerns the attribute, or the element that has it. */
    private static boolean names(Change change, String device) {
        return change.before()
                .filter(before -> before.equals(device) || before.contains("'" + device + "'"))
                .isPresent();
    }
}
