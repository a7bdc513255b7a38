package dev.paddock.vm.playbook;

import dev.paddock.api.kind.Contribution;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.MacAddresses;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that a VM asks for.
 *
 * @param spec the fields of the VM, with the MAC addresses that the reservations use
 * @param contributions the DHCP entries for the networks
 */
public record Reservations(Value.Mapping spec, List<Contribution> contributions) {
    static Reservations of(Value.Mapping guest, String uuid) {
        List<Value> networks = new ArrayList<>();
        List<Contribution> contributions = new ArrayList<>();
        var place = 0;
        for (var network : PlaybookValues.mappings(guest, "networks")) {
            var address = network.text("address");
            var index = Integer.toString(place++);
            if (address.isEmpty()) {
                networks.add(network);
                continue;
            }
            var mac = network.text("mac")
                    .orElseGet(() -> MacAddresses.of(
                            uuid, network.text("key").map(key -> "ua-" + key).orElse(index)));
            networks.add(filtered(PlaybookValues.with(network.without("address"), "mac", mac), address.get()));
            network.text("name")
                    .map(name -> new Contribution(
                            new ResourceId("network", name),
                            host(mac, guest.text("name").orElse(""), address.get()),
                            network.get("address").map(Value::place).orElse(network.place())))
                    .ifPresent(contributions::add);
        }
        return new Reservations(
                networks.isEmpty() ? guest : guest.with("networks", PlaybookValues.list(guest.place(), networks)),
                contributions);
    }

    /** Return the interface with the address as a parameter of its filter, unless that is set. */
    public static Value.Mapping filtered(Value.Mapping network, String address) {
        return PlaybookValues.mapping(network, "filter")
                .map(filter -> {
                    var given =
                            PlaybookValues.mapping(filter, "parameters").orElse(PlaybookValues.mapping(filter.place()));
                    return given.text("IP").isPresent()
                            ? network
                            : network.with(
                                    "filter", filter.with("parameters", PlaybookValues.with(given, "IP", address)));
                })
                .orElse(network);
    }

    /** Return a DHCP entry. */
    public static Element host(String mac, String name, String address) {
        var host = Element.of("host").withAttribute("mac", mac);
        var named = VmTypes.HOST.read().apply(name) instanceof ScalarType.Reading.Good
                ? host.withAttribute("name", name)
                : host;
        return named.withAttribute("ip", address);
    }
}
