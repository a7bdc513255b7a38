package dev.paddock.network.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.net.IpAddress;
import dev.paddock.api.rule.Normalizers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds errors in the addresses of a network: those of the host, the ranges of DHCP and its reservations. */
final class AddressChecks {
    /** libvirt: virSocketAddrGetRange. */
    private static final long LARGEST_RANGE = 65_535;

    private final List<Diagnostic> found = new ArrayList<>();

    private AddressChecks() {}

    static List<Diagnostic> of(List<LocatedIp> addresses) {
        var checks = new AddressChecks();
        Map<IpAddress, LocatedIp> owners = new HashMap<>();
        for (var ip : addresses) {
            var number = IpAddress.parse(ip.address());
            number.ifPresent(value -> {
                if (owners.putIfAbsent(value, ip) != null) {
                    checks.error(
                            Code.GIVEN_TWICE,
                            ip.place(),
                            "The network has the address '" + ip.address() + "' twice, and the kernel refuses the"
                                    + " second.",
                            "Remove one of the two.");
                }
            });
            checks.host(ip);
            ip.subnet().ifPresent(subnet -> checks.dhcp(ip, subnet));
        }
        return checks.found;
    }

    private void host(LocatedIp ip) {
        if (!isForHosts(ip.address())) {
            error(
                    Code.ADDRESS_UNFIT,
                    ip.place(),
                    "'" + ip.address() + "' is no address that a host can have on a network.",
                    "Choose one of a private subnet, for example 192.168.150.1/24.");
            return;
        }
        var subnet = ip.subnet();
        if (ip.prefix().isPresent()
                && subnet.isEmpty()
                && IpAddress.parse(ip.address()).isPresent()) {
            error(
                    Code.ADDRESS_UNFIT,
                    ip.network().at(ip.field() + "netmask"),
                    "'" + ip.prefix().get() + "' is no netmask: its ones do not come first.",
                    "Give the length of the prefix with the address, for example " + ip.address() + "/24.");
            return;
        }
        if (ip.prefix().isEmpty() && !ip.isIpv6() && !ip.guessedPrefix().equals("24")) {
            found.add(Diagnostic.warning(
                    Code.PREFIX_GUESSED,
                    ip.place(),
                    "'" + ip.address() + "' has no prefix length, and libvirt takes /" + ip.guessedPrefix()
                            + ": the host would look for all of these addresses in this network.",
                    "Write the prefix length, for example " + ip.address() + "/24."));
        }
        subnet.filter(net -> net.isNetworkAddress(ip.address()))
                .ifPresent(net -> found.add(Diagnostic.warning(
                        Code.ADDRESS_UNFIT,
                        ip.place(),
                        "'" + ip.address() + "' is the first address of its subnet, which stands for the subnet itself:"
                                + " many systems reach no host there.",
                        "Write the next address, which is usual for the host.")));
        subnet.filter(net -> net.isBroadcastAddress(ip.address()))
                .ifPresent(net -> error(
                        Code.ADDRESS_UNFIT,
                        ip.place(),
                        "'" + ip.address() + "' is the last address of its subnet, which reaches all of its hosts"
                                + " (broadcast): the host needs one of its own.",
                        "Write another address of the subnet."));
    }

    private static boolean isForHosts(String address) {
        if (IpAddress.parse(address).isEmpty()) {
            return true;
        }
        try {
            var parsed = InetAddress.getByName(address);
            return !parsed.isMulticastAddress() && !parsed.isAnyLocalAddress() && !parsed.isLoopbackAddress();
        } catch (UnknownHostException impossible) {
            return true;
        }
    }

    private void dhcp(LocatedIp ip, AddressBlock subnet) {
        var ranges = ip.dhcp("range");
        List<IpAddress[]> earlier = new ArrayList<>();
        for (var range : ranges) {
            range(ip, subnet, range);
            var first = IpAddress.parse(range.value("start"));
            var last = IpAddress.parse(range.value("end"));
            if (first.isEmpty() || last.isEmpty()) {
                continue;
            }
            if (earlier.stream()
                    .anyMatch(other -> first.get().compareTo(other[1]) <= 0 && other[0].compareTo(last.get()) <= 0)) {
                found.add(Diagnostic.warning(
                        Code.ADDRESS_UNFIT,
                        range.place(),
                        "The range " + range.value("start") + "-" + range.value("end") + " overlaps with another one.",
                        "Give ranges that have no address in common."));
            }
            earlier.add(new IpAddress[] {first.get(), last.get()});
        }
        reservations(ip, subnet);
    }

    private void range(LocatedIp ip, AddressBlock subnet, LocatedIp.Entry range) {
        var start = range.value("start");
        var end = range.value("end");
        if (!subnet.holds(start) || !subnet.holds(end)) {
            return;
        }
        if (subnet.isNetworkAddress(start)) {
            error(
                    Code.ADDRESS_UNFIT,
                    range.place(),
                    "The range starts with '" + start + "', which stands for the subnet itself; libvirt refuses it.",
                    "Start with a later address.");
        }
        if (subnet.isBroadcastAddress(end)) {
            error(
                    Code.ADDRESS_UNFIT,
                    range.place(),
                    "The range ends with '" + end + "', the broadcast address of the subnet; libvirt refuses it.",
                    "End with an earlier address.");
        }
        var first = IpAddress.parse(start);
        var last = IpAddress.parse(end);
        if (first.isEmpty() || last.isEmpty()) {
            return;
        }
        if (first.get().plus(LARGEST_RANGE).compareTo(last.get()) < 0) {
            error(
                    Code.ADDRESS_UNFIT,
                    range.place(),
                    "The range has more than 65535 addresses, which libvirt refuses.",
                    "Give a smaller range.");
        }
        IpAddress.parse(ip.address())
                .filter(own -> first.get().compareTo(own) <= 0 && own.compareTo(last.get()) <= 0)
                .ifPresent(own -> found.add(Diagnostic.warning(
                        Code.ADDRESS_UNFIT,
                        range.place(),
                        "The range contains '" + ip.address() + "', which is the host's own address.",
                        "Start the range after it.")));
    }

    private void reservations(LocatedIp ip, AddressBlock subnet) {
        Map<IpAddress, LocatedIp.Entry> byAddress = new HashMap<>();
        Map<String, LocatedIp.Entry> byMac = new HashMap<>();
        var own = IpAddress.parse(ip.address());
        for (var host : ip.dhcp("host")) {
            var address = host.value("ip");
            var number = IpAddress.parse(address);
            if (number.isPresent() && !subnet.holds(address)) {
                error(
                        Code.ADDRESS_UNFIT,
                        host.place(),
                        "'" + address + "' is reserved here, and is not in the subnet of " + ip.address()
                                + ", so that nobody ever gets it.",
                        "Reserve an address of that subnet.");
            } else if (subnet.isNetworkAddress(address) || subnet.isBroadcastAddress(address)) {
                error(
                        Code.ADDRESS_UNFIT,
                        host.place(),
                        "'" + address + "' is the first or the last address of its subnet, which no host can have.",
                        "Reserve another one.");
            } else if (number.isPresent() && number.equals(own)) {
                error(
                        Code.GIVEN_TWICE,
                        host.place(),
                        "'" + address + "' is the host's own address, and is reserved for somebody else here.",
                        "Reserve another one.");
            }
            number.map(value -> byAddress.putIfAbsent(value, host))
                    .ifPresent(other -> twice(host, "address '" + address + "'"));
            Optional.of(Normalizers.MAC_ADDRESS.apply(host.value("mac")))
                    .filter(mac -> !mac.isEmpty())
                    .map(mac -> byMac.putIfAbsent(mac, host))
                    .filter(other -> !other.value("ip").equals(address))
                    .ifPresent(other -> twice(host, "MAC address '" + host.value("mac") + "'"));
            Optional.of(host.value("mac"))
                    .filter(Multicast::is)
                    .ifPresent(mac -> found.add(Multicast.diagnostic(mac, host.place())));
        }
    }

    private void twice(LocatedIp.Entry host, String what) {
        error(
                Code.GIVEN_TWICE,
                host.place(),
                "The " + what + " stands in two reservations, of which the DHCP server obeys one.",
                "Keep one of the two, or correct the other.");
    }

    private void error(Code code, SourceLocation place, String detail, String fix) {
        found.add(Diagnostic.error(code, place, detail, fix));
    }
}
