package dev.paddock.network.check;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address of a network with its place in the playbook.
 *
 * @param field where the playbook has its settings; empty for those of the network itself
 */
record LocatedIp(LocatedResource network, Element element, String field) {
    /** Return the addresses in the order of the document, which is that of the playbook. */
    static List<LocatedIp> of(LocatedResource network) {
        var hasOwn = network.spec().flatMap(spec -> spec.get("address")).isPresent();
        List<LocatedIp> addresses = new ArrayList<>();
        for (var ip : network.document().children("ip")) {
            var index = addresses.size() - (hasOwn ? 1 : 0);
            addresses.add(new LocatedIp(network, ip, index < 0 ? "" : "ips/" + index + "/"));
        }
        return addresses;
    }

    String address() {
        return element.attribute("address").orElse("");
    }

    boolean isIpv6() {
        return address().contains(":");
    }

    Optional<String> prefix() {
        return element.attribute("prefix").or(() -> element.attribute("netmask"));
    }

    /** Return the subnet; that which libvirt guesses where there is no prefix length. */
    Optional<AddressBlock> subnet() {
        return AddressBlock.of(address(), prefix().orElseGet(this::guessedPrefix));
    }

    /** Return the prefix length that libvirt takes when there is none: by the classes of addresses of old. */
    String guessedPrefix() {
        if (isIpv6()) {
            return "64";
        }
        var first = address().replaceFirst("\\..*", "");
        var octet = first.matches("[0-9]{1,3}") ? Integer.parseInt(first) : 0;
        return octet < 128 ? "8" : octet < 192 ? "16" : "24";
    }

    SourceLocation place() {
        return network.at(field + "address");
    }

    /** Return the ranges and reservations of the DHCP server, with their places. */
    List<Entry> dhcp(String name) {
        List<Entry> found = new ArrayList<>();
        var places = places(name).iterator();
        for (var dhcp : element.children("dhcp")) {
            for (var child : dhcp.children(name)) {
                found.add(new Entry(child, places.hasNext() ? places.next() : network.at(field + "dhcp")));
            }
        }
        return found;
    }

    /** Return the places in the order of the document: what other resources contribute comes last. */
    private List<SourceLocation> places(String name) {
        List<SourceLocation> places = new ArrayList<>();
        var parts = network.spec()
                .flatMap(spec -> field.isEmpty() ? Optional.of(spec) : inner(spec))
                .flatMap(spec -> spec.get("dhcp"));
        if (parts.isPresent() && parts.get() instanceof Value.Sequence list) {
            for (var part : list.items()) {
                if (part instanceof Value.Mapping mapping) {
                    if (name.equals("range") && mapping.get("start").isPresent()) {
                        places.add(mapping.place());
                    }
                    mapping.get(name + "s")
                            .filter(Value.Sequence.class::isInstance)
                            .map(Value.Sequence.class::cast)
                            .ifPresent(items -> items.items().forEach(item -> places.add(item.place())));
                }
            }
        }
        return places;
    }

    private Optional<Value.Mapping> inner(Value.Mapping spec) {
        var index = Integer.parseInt(field.replaceAll("[^0-9]", ""));
        return spec.get("ips")
                .filter(Value.Sequence.class::isInstance)
                .map(Value.Sequence.class::cast)
                .filter(list -> index < list.items().size())
                .map(list -> list.items().get(index))
                .filter(Value.Mapping.class::isInstance)
                .map(Value.Mapping.class::cast);
    }

    /** An element below the DHCP server. */
    record Entry(Element element, SourceLocation place) {
        String value(String attribute) {
            return element.attribute(attribute).orElse("");
        }
    }
}
