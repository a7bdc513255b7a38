package dev.paddock.testkit.memory;

import dev.paddock.api.step.Action;
import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * virNetworkUpdate on a document: what it finds, what it refuses. After virNetworkDefUpdateSection and its parts in
 * libvirt 9.0's conf/network_conf.c.
 */
final class NetworkSection {
    private final Action.UpdateNetwork update;
    private final Element part;

    NetworkSection(Action.UpdateNetwork update, Element given) {
        this.update = update;
        this.part = NetworkForm.addresses(given);
    }

    /** Return whether the document says already what is asked. */
    boolean isDone(Element network) {
        var parts = parents(network).stream()
                .flatMap(parent -> parent.children(element()).stream())
                .toList();
        return switch (update.command()) {
            case ADD_FIRST, ADD_LAST -> parts.stream().anyMatch(each -> covers(each, part) && covers(part, each));
            case DELETE -> parts.stream().noneMatch(each -> covers(each, part));
            case MODIFY -> false;
        };
    }

    /** Return the changed document. */
    Element apply(Element network) {
        if (!part.is(element())) {
            throw Refusal.MALFORMED.of(Refusal.NETWORK, "unexpected element <" + part.name() + ">");
        }
        return switch (update.section()) {
            case IP_DHCP_HOST, IP_DHCP_RANGE -> inAddress(network);
            case FORWARD_INTERFACE -> NetworkForm.of(in(network, "forward", this::changed));
            case PORTGROUP -> changed(network);
            case DNS_HOST, DNS_TXT, DNS_SRV -> NetworkForm.of(in(network, "dns", this::changed));
        };
    }

    private String element() {
        return switch (update.section()) {
            case IP_DHCP_HOST, DNS_HOST -> "host";
            case IP_DHCP_RANGE -> "range";
            case FORWARD_INTERFACE -> "interface";
            case PORTGROUP -> "portgroup";
            case DNS_TXT -> "txt";
            case DNS_SRV -> "srv";
        };
    }

    private List<Element> parents(Element network) {
        return switch (update.section()) {
            case IP_DHCP_HOST, IP_DHCP_RANGE ->
                network.children("ip").stream()
                        .flatMap(ip -> ip.children("dhcp").stream())
                        .toList();
            case FORWARD_INTERFACE -> network.children("forward");
            case PORTGROUP -> List.of(network);
            case DNS_HOST, DNS_TXT, DNS_SRV -> network.children("dns");
        };
    }

    private Element inAddress(Element network) {
        var addresses = network.children("ip");
        var index = update.parentIndex() >= 0 ? update.parentIndex() : likelyAddress(addresses);
        if (index >= addresses.size()) {
            throw wrongState("couldn't update dhcp host entry - no <ip> element found at index " + index);
        }
        var address = addresses.get(index);
        if (isAdding()) {
            var family = family(address);
            for (var i = 0; i < addresses.size(); i++) {
                var other = addresses.get(i);
                if (i != index
                        && family(other).equals(family)
                        && other.child("dhcp").isPresent()) {
                    throw wrongState("dhcp is supported only for a single " + family + " address on each network");
                }
            }
        }
        List<Element> children = new ArrayList<>();
        var seen = 0;
        for (var child : network.children()) {
            children.add(child.is("ip") && seen++ == index ? in(child, "dhcp", this::changed) : child);
        }
        return NetworkForm.of(network.withChildren(children));
    }

    /** An index of -1 means the address that has DHCP, else the first of IPv4, else the first. */
    private static int likelyAddress(List<Element> addresses) {
        for (var i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).child("dhcp").isPresent()) {
                return i;
            }
        }
        for (var i = 0; i < addresses.size(); i++) {
            if (family(addresses.get(i)).equals("IPv4")) {
                return i;
            }
        }
        return 0;
    }

    private static String family(Element address) {
        return address.attribute("address").orElse("").contains(":") ? "IPv6" : "IPv4";
    }

    private static Element in(Element parent, String child, UnaryOperator<Element> change) {
        return parent.withChild(change.apply(parent.child(child).orElse(Element.of(child))));
    }

    private Element changed(Element parent) {
        if (update.command() == Command.MODIFY && !canModify()) {
            throw Refusal.UNSUPPORTED.of(
                    Refusal.NETWORK, update.section() + " entries cannot be modified, only added or deleted");
        }
        var children = new ArrayList<>(parent.children());
        var found = children.stream().filter(this::matches).toList();
        switch (update.command()) {
            case ADD_FIRST, ADD_LAST -> {
                if (!found.isEmpty()) {
                    throw wrongState("there is an existing entry that matches");
                }
                children.add(update.command() == Command.ADD_LAST ? children.size() : firstPlace(children), part);
            }
            case MODIFY -> {
                if (found.isEmpty()) {
                    throw wrongState("couldn't locate an existing entry");
                }
                children.set(children.indexOf(found.getFirst()), part);
            }
            case DELETE -> {
                if (found.isEmpty()) {
                    throw wrongState("couldn't locate a matching entry");
                }
                if (found.size() > 1
                        && Set.of(Section.DNS_HOST, Section.DNS_SRV).contains(update.section())) {
                    throw wrongState("multiple matching entries were found");
                }
                children.remove(found.getFirst());
            }
        }
        return parent.withChildren(children);
    }

    private int firstPlace(List<Element> children) {
        for (var i = 0; i < children.size(); i++) {
            if (children.get(i).is(element())) {
                return i;
            }
        }
        return children.size();
    }

    private boolean isAdding() {
        return update.command() == Command.ADD_FIRST || update.command() == Command.ADD_LAST;
    }

    private boolean canModify() {
        return Set.of(Section.IP_DHCP_HOST, Section.PORTGROUP, Section.DNS_HOST).contains(update.section());
    }

    private boolean matches(Element each) {
        return each.is(element())
                && switch (update.section()) {
                    case IP_DHCP_HOST ->
                        update.command() == Command.DELETE
                                ? List.of("mac", "name", "ip").stream()
                                        .allMatch(key -> isUnsaid(key) || isSame(each, key))
                                : List.of("mac", "name", "ip").stream().anyMatch(key -> isSame(each, key));
                    case IP_DHCP_RANGE -> isSame(each, "start") && isSame(each, "end");
                    case FORWARD_INTERFACE -> isSame(each, "dev");
                    case PORTGROUP, DNS_TXT -> isSame(each, "name");
                    case DNS_HOST -> isSame(each, "ip") || (update.command() == Command.DELETE && sharesHostname(each));
                    case DNS_SRV ->
                        List.of("service", "protocol", "domain", "target").stream()
                                .allMatch(key -> isUnsaid(key) || isSame(each, key));
                };
    }

    private boolean isUnsaid(String attribute) {
        return part.attribute(attribute).isEmpty();
    }

    private boolean isSame(Element each, String attribute) {
        return part.attribute(attribute).isPresent() && same(part.attribute(attribute), each.attribute(attribute));
    }

    private static boolean same(Optional<String> left, Optional<String> right) {
        var colons = left.isPresent() && right.isPresent() && left.get().contains(":");
        return colons ? left.orElse("").equalsIgnoreCase(right.orElse("")) : left.equals(right);
    }

    private boolean sharesHostname(Element each) {
        var names = hostnames(part);
        names.retainAll(hostnames(each));
        return !names.isEmpty();
    }

    private static Set<String> hostnames(Element host) {
        return host.children("hostname").stream()
                .map(name -> name.text().strip())
                .collect(Collectors.toSet());
    }

    private static boolean covers(Element all, Element some) {
        return all.name().equals(some.name())
                && all.text().strip().equals(some.text().strip())
                && some.attributes().keySet().stream()
                        .filter(name -> !name.local().equals("connections"))
                        .allMatch(name -> same(
                                Optional.ofNullable(some.attributes().get(name)),
                                Optional.ofNullable(all.attributes().get(name))))
                && some.children().stream()
                        .allMatch(wanted -> all.children().stream().anyMatch(own -> covers(own, wanted)));
    }

    private static dev.paddock.api.host.HostException wrongState(String message) {
        return Refusal.WRONG_STATE.of(Refusal.NETWORK, message);
    }
}
