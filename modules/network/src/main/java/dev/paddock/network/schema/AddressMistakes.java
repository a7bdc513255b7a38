package dev.paddock.network.schema;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds errors in the addresses of a network and in its DHCP. */
final class AddressMistakes {
    private AddressMistakes() {}

    static void find(List<SpecReader> ips, List<SpecReader> routes) {
        Stream.concat(ips.stream(), routes.stream()).forEach(AddressMistakes::prefix);
        List<Boolean> served = new ArrayList<>();
        for (var ip : ips) {
            var isIpv6 = address(ip).contains(":");
            if (ip.has("tftp") && isIpv6) {
                ip.conflict("tftp", "libvirt serves TFTP on IPv4 addresses only.", "Move it to an IPv4 address.");
            }
            if (!servesDhcp(ip)) {
                continue;
            }
            if (served.contains(isIpv6)) {
                ip.conflict(
                        "dhcp",
                        "libvirt serves DHCP on one " + (isIpv6 ? "IPv6" : "IPv4") + " address of a network only.",
                        "Keep dhcp on one of the addresses.");
            }
            served.add(isIpv6);
            ip.list("dhcp").forEach(part -> dhcp(part, isIpv6, subnet(ip)));
        }
    }

    private static void prefix(SpecReader holder) {
        var address = address(holder);
        var isIpv6 = address.contains(":");
        var given = Stream.of("netmask", "prefix").filter(holder::has).toList();
        if (given.size() + (holder.text("address").orElse("").contains("/") ? 1 : 0) > 1) {
            holder.conflict(
                    given.getLast(),
                    "The length of the prefix is given more than once.",
                    "Keep one of address/length, prefix and netmask.");
        }
        if (isIpv6 && holder.has("netmask")) {
            holder.conflict(
                    "netmask", "IPv6 addresses have no netmask.", "Give the prefix length: " + address + "/64.");
        }
        holder.text("family")
                .filter(family -> family.equals("ipv6") != isIpv6)
                .ifPresent(family -> holder.bad(
                        "family",
                        "'" + address + "' is not of the family '" + family + "'.",
                        "Remove family, as the address tells it."));
    }

    private static void dhcp(SpecReader part, boolean isIpv6, Optional<Subnet> subnet) {
        if (part.has("start") != part.has("end")) {
            part.missing("A range has a start and an end.", "Add the other of the two.");
        }
        if (part.has("lease") && !part.has("start")) {
            part.conflict(
                    "lease",
                    "A lease belongs to a range or a host.",
                    "Move it to a range or a host, or add start and end.");
        }
        if (part.has("start") && part.has("end")) {
            range(part, subnet);
        }
        part.list("ranges").forEach(range -> range(range, subnet));
        part.list("hosts").forEach(host -> host(host, isIpv6));
        if (part.has("bootp") && isIpv6) {
            part.conflict("bootp", "libvirt knows of no boot image for IPv6.", "Move it to an IPv4 address.");
        }
    }

    private static void range(SpecReader range, Optional<Subnet> subnet) {
        var start = range.text("start").orElse("");
        var end = range.text("end").orElse("");
        for (var key : List.of("start", "end")) {
            var address = range.text(key).orElse("");
            if (subnet.isPresent()
                    && !IpAddress.parse(address).map(subnet.get()::contains).orElse(false)) {
                range.bad(
                        key,
                        "'" + address + "' is not in the subnet that it is given out on.",
                        "Choose an address of the subnet, or another prefix length.");
                return;
            }
        }
        var first = IpAddress.parse(start);
        var last = IpAddress.parse(end);
        if (first.isPresent() && last.isPresent() && first.get().compareTo(last.get()) > 0) {
            range.bad("end", "The range ends before it starts.", "Swap the two addresses.");
        }
    }

    private static void host(SpecReader host, boolean isIpv6) {
        if (isIpv6 && host.has("mac")) {
            host.conflict(
                    "mac",
                    "IPv6 hosts are not known by their MAC address.",
                    "Give the DHCP unique identifier as id, or the name.");
        } else if (isIpv6 && !host.has("id") && !host.has("name")) {
            host.missing("A host has to be known by something.", "Add id or name.");
        } else if (!isIpv6 && !host.has("mac") && !host.has("name")) {
            host.missing("A host has to be known by something.", "Add mac or name.");
        }
    }

    private static boolean servesDhcp(SpecReader ip) {
        return ip.list("dhcp").stream().anyMatch(part -> part.has("start") || part.has("ranges") || part.has("hosts"));
    }

    private static Optional<Subnet> subnet(SpecReader ip) {
        var address = ip.text("address").orElse("");
        var slash = address.indexOf('/');
        return Optional.of(address.substring(slash + 1))
                .filter(length -> slash >= 0)
                .or(() -> ip.text("prefix"))
                .or(() -> ip.text("netmask"))
                .flatMap(length -> Subnet.parse(address(ip), length));
    }

    private static String address(SpecReader holder) {
        return holder.text("address").orElse("").replaceFirst("/.*", "");
    }
}
