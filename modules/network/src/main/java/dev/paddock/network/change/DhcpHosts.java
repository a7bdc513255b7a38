package dev.paddock.network.change;

import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Updates of the hosts of one DHCP server, found by simulating them.
 *
 * <p>libvirt modifies the first host that has the MAC address, the address <em>or</em> the name of the given host,
 * removes the first host that has all values of the given one, and rejects the addition of a host that shares a value
 * with another (virNetworkDefUpdateIPDHCPHost in src/conf/network_conf.c).
 */
final class DhcpHosts {
    private static final String STAND_IN = "stand-in";

    private final Element ip;
    private final int index;
    private final List<Element> hosts;
    private final List<SectionUpdate> removals = new ArrayList<>();
    private final List<SectionUpdate> additions = new ArrayList<>();

    /** Removals, which also make room, and additions. */
    record Updates(List<SectionUpdate> removals, List<SectionUpdate> additions) {}

    private DhcpHosts(Element ip, int index, List<Element> hosts) {
        this.ip = ip;
        this.index = index;
        this.hosts = new ArrayList<>(hosts);
    }

    /** Return the updates; absent if libvirt would reject one. All elements are canonical. */
    static Optional<Updates> between(Element ip, int index, List<Element> from, List<Element> to) {
        var play = new DhcpHosts(ip, index, from);
        return play.lead(ListDifference.between(from, to))
                ? Optional.of(new Updates(play.removals, play.additions))
                : Optional.empty();
    }

    private boolean lead(ListDifference difference) {
        List<Element> added = new ArrayList<>(difference.added());
        List<Element> replaced = new ArrayList<>();
        List<Element> replacing = new ArrayList<>();
        for (var old : difference.removed()) {
            var successor = added.stream()
                    .filter(host -> identity(host).equals(identity(old)))
                    .findFirst()
                    .or(() ->
                            added.stream().filter(host -> sharesWith(host, old)).findFirst());
            if (successor.isPresent()) {
                added.remove(successor.get());
                replaced.add(old);
                replacing.add(successor.get());
            } else if (!remove(old)) {
                return false;
            }
        }
        for (var i = 0; i < replaced.size(); i++) {
            if (!modify(replaced.get(i), replacing.get(i))) {
                if (!remove(replaced.get(i))) {
                    return false;
                }
                added.add(replacing.get(i));
            }
        }
        return added.stream().allMatch(this::add);
    }

    private boolean remove(Element host) {
        var found = hosts.stream().filter(other -> saysAllOf(other, host)).findFirst();
        if (found.isEmpty() || !found.get().equals(host)) {
            return false;
        }
        hosts.remove(host);
        removals.add(update(Command.DELETE, host));
        return true;
    }

    private boolean modify(Element old, Element host) {
        var found = hosts.stream().filter(other -> sharesWith(other, host)).findFirst();
        if (found.isEmpty() || !found.get().equals(old)) {
            return false;
        }
        hosts.set(hosts.indexOf(old), host);
        removals.add(update(Command.MODIFY, host));
        return true;
    }

    private boolean add(Element host) {
        if (hosts.stream().noneMatch(other -> sharesWith(other, host))) {
            hosts.add(host);
            additions.add(update(Command.ADD_LAST, host));
            return true;
        }
        return standIns(host)
                .filter(standIn -> hosts.stream().noneMatch(other -> sharesWith(other, standIn)))
                .findFirst()
                .map(standIn -> {
                    hosts.addFirst(host);
                    additions.add(update(Command.ADD_FIRST, standIn));
                    additions.add(update(Command.MODIFY, host));
                    return true;
                })
                .orElse(false);
    }

    /**
     * Return stand-ins for a host, each with one of its values. A stand-in is added first and then modified into the
     * host: a modification may create two hosts that share a name or an address, an addition may not.
     */
    private Stream<Element> standIns(Element host) {
        var own = ip.attribute("address").orElse("");
        var bare = Element.of("host");
        return Stream.of(
                        host.attribute("mac")
                                .map(mac -> bare.withAttribute("mac", mac).withAttribute("ip", own)),
                        host.attribute("name")
                                .map(name -> bare.withAttribute("name", name).withAttribute("ip", own)),
                        host.attribute("ip").map(address -> bare.withAttribute("name", STAND_IN)
                                .withAttribute("ip", address)))
                .flatMap(Optional::stream);
    }

    private SectionUpdate update(Command command, Element host) {
        return new SectionUpdate(command, Section.IP_DHCP_HOST, index, host);
    }

    private static Optional<String> identity(Element host) {
        return host.attribute("mac").or(() -> host.attribute("id")).or(() -> host.attribute("name"));
    }

    private static boolean sharesWith(Element one, Element other) {
        return Stream.of("mac", "ip", "name")
                .anyMatch(name ->
                        one.attribute(name).isPresent() && one.attribute(name).equals(other.attribute(name)));
    }

    private static boolean saysAllOf(Element one, Element wanted) {
        return (one.attribute("mac").isEmpty() || isWanted(one, wanted, "mac"))
                && isWanted(one, wanted, "name")
                && isWanted(one, wanted, "ip");
    }

    private static boolean isWanted(Element one, Element wanted, String name) {
        return wanted.attribute(name).isEmpty() || Objects.equals(wanted.attribute(name), one.attribute(name));
    }
}
