package dev.paddock.cli.vm;

import dev.paddock.api.host.GuestAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An address of a VM, with all sources that report it. */
record VmAddress(String device, String mac, String address, int prefix, List<GuestAddress.Source> sources) {
    /** IPv4 first, and addresses from the DHCP server before those that were only seen. */
    private static final Comparator<VmAddress> ORDER = Comparator.comparing((VmAddress address) -> address.isIpv6())
            .thenComparing(address -> address.sources().getFirst());

    VmAddress {
        sources = List.copyOf(sources);
    }

    /** Return the addresses that others can reach, each once; the best one comes first. */
    static List<VmAddress> of(List<GuestAddress> told) {
        Map<String, VmAddress> found = new LinkedHashMap<>();
        for (var one : told) {
            if (one.isReachable()) {
                found.merge(
                        one.address(),
                        new VmAddress(one.device(), one.mac(), one.address(), one.prefix(), List.of(one.source())),
                        VmAddress::plus);
            }
        }
        return found.values().stream().sorted(ORDER).toList();
    }

    private VmAddress plus(VmAddress other) {
        List<GuestAddress.Source> all = new ArrayList<>(sources);
        other.sources.stream().filter(source -> !all.contains(source)).forEach(all::add);
        all.sort(Comparator.naturalOrder());
        return new VmAddress(device, mac.isEmpty() ? other.mac : mac, address, Math.max(prefix, other.prefix), all);
    }

    private boolean isIpv6() {
        return address.contains(":");
    }

    /** Return the address with its sources: {@code 192.168.50.23 (lease, arp)}. */
    @Override
    public String toString() {
        return address + sources.stream().map(GuestAddress.Source::label).collect(Collectors.joining(", ", " (", ")"));
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("address", address);
        report.put("prefix", prefix);
        report.put("mac", mac);
        report.put("device", device);
        report.put("sources", sources.stream().map(GuestAddress.Source::label).toList());
        return report;
    }
}
