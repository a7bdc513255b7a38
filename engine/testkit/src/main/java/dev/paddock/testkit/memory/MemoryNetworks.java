package dev.paddock.testkit.memory;

import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Action.Scope;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The networks of a host in memory. To be used under the host's lock. */
final class MemoryNetworks {
    /** IFNAMSIZ - 1: define takes longer names, start does not. */
    private static final int LONGEST_BRIDGE_NAME = 15;

    private final SeededChoice chance;
    private final Map<String, MemoryNetwork> networks = new TreeMap<>();
    private final Map<String, List<NetworkAttachment>> attachments = new HashMap<>();

    private boolean isDescribed;

    MemoryNetworks(SeededChoice chance) {
        this.chance = chance;
    }

    /** Keep titles and descriptions, and let those of what runs be changed, as libvirt does since 9.7. */
    void describe() {
        isDescribed = true;
    }

    Map<String, Observed> observed() {
        Map<String, Observed> observed = new TreeMap<>();
        networks.forEach((name, network) -> {
            var loose = attachments(name).stream()
                    .filter(attachment -> !attachment.plugged())
                    .toList();
            var plugged = attachments(name).size() - loose.size();
            observed.put(
                    name,
                    network.observed(plugged)
                            .withUnplugged(network.isActive() ? loose : List.of())
                            .withDescribable(network.isActive() && isDescribed));
        });
        return observed;
    }

    /** Perform an action on a network. */
    void perform(Action action) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> define(MemoryDocument.of("network.rng", define));
            case Action.Undefine undefine -> undefine(name);
            case Action.Start start -> start(name);
            case Action.Stop stop -> stop(name);
            case Action.SetAutostart setAutostart -> autostart(name, setAutostart.enabled());
            case Action.UpdateNetwork updateNetwork -> update(updateNetwork, MemoryDocument.parse(updateNetwork.xml()));
            case Action.Replug replug -> replug(name);
            case Action.SetMetadata setMetadata -> setMetadata(setMetadata);
            case Action.Build other -> throw MemoryWriter.unsupported(other);
            case Action.Resize other -> throw MemoryWriter.unsupported(other);
            case Action.Provide other -> throw MemoryWriter.unsupported(other);
            case Action.AwaitReady other -> throw MemoryWriter.unsupported(other);
            case Action.Guest other -> throw MemoryWriter.unsupported(other);
        }
    }

    void define(Element given) {
        var name = given.childText("name").orElse("");
        if (name.isEmpty()) {
            throw LibvirtRefusal.MALFORMED.of(LibvirtRefusal.NETWORK, "XML error: missing name");
        }
        var identified = given.childText("uuid").isPresent()
                ? given
                : given.withChild(Element.of("uuid").withText(chance.uuid()));
        var form = withBridge(name, isDescribed ? NetworkForm.of(identified) : NetworkForm.undescribed(identified));
        var uuid = form.childText("uuid").orElseThrow();
        refuseConflict(name, uuid);
        refuseTwoDhcp(form);
        var known = networks.get(name);
        networks.put(
                name,
                known == null
                        ? new MemoryNetwork(uuid, Optional.of(form), Optional.empty(), false)
                        : known.withDefined(form));
    }

    private void refuseConflict(String name, String uuid) {
        networks.forEach((otherName, other) -> {
            if (other.uuid().equals(uuid) && !otherName.equals(name)) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.NETWORK, "network '" + otherName + "' is already defined with uuid " + uuid);
            }
            if (otherName.equals(name) && !other.uuid().equals(uuid)) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.NETWORK, "network '" + name + "' already exists with uuid " + other.uuid());
            }
        });
    }

    private static void refuseTwoDhcp(Element network) {
        var families = network.children("ip").stream()
                .filter(ip -> ip.child("dhcp").isPresent())
                .map(ip -> ip.attribute("address").orElse("").contains(":") ? "IPv6" : "IPv4")
                .toList();
        if (families.size() != families.stream().distinct().count()) {
            throw LibvirtRefusal.UNSUPPORTED_CONFIG.of(
                    LibvirtRefusal.NETWORK,
                    "unsupported configuration: Multiple " + families.getFirst() + " dhcp sections found");
        }
    }

    private Element withBridge(String name, Element network) {
        if (!NetworkForm.hasOwnBridge(network)) {
            if (network.child("mac").isPresent() || network.child("ip").isPresent()) {
                throw LibvirtRefusal.UNSUPPORTED_CONFIG.of(
                        LibvirtRefusal.NETWORK,
                        "unsupported configuration: Unsupported <mac> or <ip> element in network " + name);
            }
            return network;
        }
        var given = network.child("bridge").orElse(Element.of("bridge"));
        var asked = given.attribute("name").orElse("virbr%d");
        if (!asked.contains("%d") && bridges(name).contains(asked)) {
            throw LibvirtRefusal.INTERNAL.of(
                    LibvirtRefusal.NETWORK, "internal error: bridge name '" + asked + "' already in use.");
        }
        var bridge = given.withAttribute("name", asked.contains("%d") ? lowestFree(name, asked) : asked);
        bridge = bridge.withAttribute("stp", bridge.attribute("stp").orElse("on"));
        bridge = bridge.withAttribute("delay", bridge.attribute("delay").orElse("0"));
        var bridged = network.withChild(bridge);
        return NetworkForm.of(
                bridged.child("mac").isPresent()
                        ? bridged
                        : bridged.plus(Element.of("mac").withAttribute("address", chance.mac())));
    }

    private String lowestFree(String name, String template) {
        var taken = bridges(name);
        for (var i = 0; ; i++) {
            var bridge = template.replace("%d", Integer.toString(i));
            if (!taken.contains(bridge)) {
                return bridge;
            }
        }
    }

    /** Return the bridges of all networks but one, of their definitions and of what runs. */
    private Set<String> bridges(String except) {
        Set<String> bridges = new HashSet<>();
        networks.forEach((name, network) -> {
            if (!name.equals(except)) {
                network.defined().flatMap(MemoryNetworks::bridge).ifPresent(bridges::add);
                network.live().flatMap(MemoryNetworks::bridge).ifPresent(bridges::add);
            }
        });
        return bridges;
    }

    private static Optional<String> bridge(Element network) {
        return network.child("bridge").flatMap(bridge -> bridge.attribute("name"));
    }

    void undefine(String name) {
        var network = networks.get(name);
        if (network == null) {
            return;
        }
        if (network.isActive()) {
            networks.put(name, network.undefined());
        } else {
            // Its guests run on, with interfaces that name it.
            networks.remove(name);
        }
    }

    void start(String name) {
        var network = require(name);
        if (network.isActive()) {
            return;
        }
        var document = network.document();
        if (bridge(document).map(String::length).orElse(0) > LONGEST_BRIDGE_NAME) {
            throw LibvirtRefusal.SYSTEM.of(0, "Unable to create bridge: Numerical result out of range");
        }
        networks.put(name, network.withLive(Optional.of(live(document))));
    }

    /** Return what libvirt says of it while it runs: the ports that network address translation uses. */
    private static Element live(Element document) {
        return document.child("forward")
                .filter(forward -> forward.attribute("mode").equals(Optional.of("nat")))
                .map(forward -> {
                    var nat = forward.child("nat").orElse(Element.of("nat"));
                    if (nat.child("port").isPresent()) {
                        return document;
                    }
                    var port = Element.of("port").withAttribute("start", "1024").withAttribute("end", "65535");
                    return document.withChild(forward.withChild(nat.plus(port)));
                })
                .orElse(document);
    }

    void stop(String name) {
        var network = networks.get(name);
        if (network == null || !network.isActive()) {
            return;
        }
        if (network.defined().isEmpty()) {
            networks.remove(name);
        } else {
            networks.put(name, network.withLive(Optional.empty()));
        }
        if (NetworkForm.hasOwnBridge(network.live().orElseThrow())) {
            plug(name, false);
        }
    }

    void autostart(String name, boolean enabled) {
        var network = require(name);
        if (network.defined().isEmpty()) {
            throw LibvirtRefusal.WRONG_STATE.of(LibvirtRefusal.NETWORK, "cannot set autostart for transient network");
        }
        networks.put(name, network.withAutostart(enabled));
    }

    void update(Action.UpdateNetwork update, Element part) {
        var name = update.target().name();
        var network = require(name);
        var section = new NetworkSection(update, part);
        var changed = network;
        if (isAsked(update, Scope.LIVE)) {
            changed = changed.withLive(Optional.of(
                    updated(section, network.live().orElseThrow(() -> wrongState("network is not running")))));
        }
        if (isAsked(update, Scope.DEFINITION)) {
            changed = changed.withDefined(updated(
                    section,
                    network.defined()
                            .orElseThrow(() -> wrongState("cannot change persistent config of a transient network"))));
        }
        networks.put(name, changed);
    }

    void setMetadata(Action.SetMetadata set) {
        var network = require(set.target().name());
        if (!isDescribed) {
            throw LibvirtRefusal.NO_CALL.of(
                    LibvirtRefusal.NETWORK,
                    "this function is not supported by the connection driver: virNetworkSetMetadata");
        }
        var live = network.live().orElseThrow(() -> wrongState("network is not running"));
        networks.put(set.target().name(), network.withLive(Optional.of(NetworkForm.of(Described.by(set, live)))));
    }

    private static boolean isAsked(Action.UpdateNetwork update, Scope scope) {
        return (update.scope().flags() & scope.flags()) != 0;
    }

    private static Element updated(NetworkSection section, Element document) {
        return section.isDone(document) ? document : section.apply(document);
    }

    private static dev.paddock.api.host.HostException wrongState(String message) {
        return LibvirtRefusal.WRONG_STATE.of(LibvirtRefusal.NETWORK, message);
    }

    void replug(String name) {
        var network = require(name);
        if (attachments(name).isEmpty() || !NetworkForm.hasOwnBridge(network.document())) {
            return;
        }
        if (!network.isActive()) {
            throw wrongState("network '" + name + "' is not active");
        }
        plug(name, true);
    }

    private void plug(String name, boolean plugged) {
        attachments.computeIfPresent(
                name,
                (key, all) -> new ArrayList<>(all.stream()
                        .map(each -> new NetworkAttachment(each.domain(), each.mac(), each.target(), plugged))
                        .toList()));
    }

    void attach(String name, NetworkAttachment attachment) {
        attachments.computeIfAbsent(name, key -> new ArrayList<>()).add(attachment);
    }

    List<NetworkAttachment> attachments(String name) {
        return networks.containsKey(name) ? List.copyOf(attachments.getOrDefault(name, List.of())) : List.of();
    }

    private MemoryNetwork require(String name) {
        var network = networks.get(name);
        if (network == null) {
            throw LibvirtRefusal.NO_NETWORK.of(
                    LibvirtRefusal.NETWORK, "Network not found: no network with matching name '" + name + "'");
        }
        return network;
    }

    /** Return what should never be so. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        var uuids = new HashMap<String, String>();
        var bridges = new HashMap<String, String>();
        networks.forEach((name, network) -> {
            if (network.defined().isEmpty()) {
                violations.add("network " + name + " is active without a definition");
            }
            if (network.isActive() && NetworkForm.hasOwnBridge(network.live().orElseThrow())) {
                attachments(name).stream()
                        .filter(each -> !each.plugged())
                        .forEach(each -> violations.add("guest " + each.domain() + " is orphaned on network " + name));
            }
            var sameUuid = uuids.put(network.uuid(), name);
            if (sameUuid != null) {
                violations.add("networks " + sameUuid + " and " + name + " have the same UUID");
            }
            if (NetworkForm.hasOwnBridge(network.document())) {
                var sameBridge = bridges.put(bridge(network.document()).orElse(""), name);
                if (sameBridge != null) {
                    violations.add("networks " + sameBridge + " and " + name + " have the same bridge");
                }
            }
        });
        return violations;
    }
}
