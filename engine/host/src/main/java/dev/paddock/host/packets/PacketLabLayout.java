package dev.paddock.host.packets;

import java.util.List;
import java.util.Map;

/**
 * The names and addresses in a lab in which packets are sent.
 *
 * @param bridge the bridge of the network
 * @param neighbors the addresses of VMs on it, with their MAC addresses
 * @param hostAddresses addresses of the host in addition to that on the bridge
 * @param isolated whether both ports of VMs are isolated
 */
public record PacketLabLayout(
        String bridge, Map<String, String> neighbors, List<String> hostAddresses, boolean isolated) {
    /** The host's end of the port with the filter. */
    public static final String GUEST_PORT = "pdkg";

    /** The addresses of the host's outer interface, and of the router there. */
    public static final String BEYOND_MAC = "52:54:00:70:00:fd";

    public static final String ROUTER_MAC = "52:54:00:70:00:fe";

    static final String NEIGHBOR_PORT = "pdkn";
    static final String BEYOND_PORT = "pdkb";

    /** The mark of the host's own packets; packets without it do not reach the bridge. */
    static final int HOST_MARK = 0x7061;

    public PacketLabLayout {
        neighbors = Map.copyOf(neighbors);
        hostAddresses = List.copyOf(hostAddresses);
    }

    /** Return the other end of a port. */
    static String end(String port) {
        return port + "e";
    }

    /** Return the commands that create the ports, in the lab's namespace. */
    String first(String outside) {
        var script = new StringBuilder("set -e\n");
        script.append("sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1"
                + " net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0"
                + " net.ipv4.icmp_echo_ignore_all=1\n");
        for (var port : List.of(GUEST_PORT, NEIGHBOR_PORT, BEYOND_PORT)) {
            script.append("ip link del %1$s 2>/dev/null || true\n".formatted(port));
            script.append("ip link add %1$s type veth peer name %2$s\n".formatted(port, end(port)));
            script.append("ip link set %s netns %s\n".formatted(end(port), outside));
        }
        return script.toString();
    }

    /** Return the commands for the namespace of the other ends, where nothing sends by itself. */
    static String outside() {
        var script = new StringBuilder("set -e\n");
        script.append("sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1\n");
        for (var port : List.of(GUEST_PORT, NEIGHBOR_PORT, BEYOND_PORT)) {
            script.append("ip link set %s arp off up\n".formatted(end(port)));
        }
        return script.toString();
    }

    /** Return the commands that connect the ports, in the lab's namespace. */
    String second() {
        var script = new StringBuilder("set -e\n");
        // Once the bridge has a port, its addresses would be tentative until duplicate detection ends.
        script.append("sysctl -q -w net.ipv6.conf.%s.accept_dad=0\n".formatted(bridge));
        // With spanning tree, a port needs four seconds before it forwards (BR_MIN_FORWARD_DELAY).
        script.append("ip link set %s type bridge stp_state 0\n".formatted(bridge));
        for (var port : List.of(GUEST_PORT, NEIGHBOR_PORT)) {
            script.append("sysctl -q -w net.ipv6.conf.%s.disable_ipv6=1\n".formatted(port));
            script.append("ip link set %s up\n".formatted(port));
            script.append("ip link set %s master %s\n".formatted(port, bridge));
            if (isolated) {
                script.append("bridge link set dev %s isolated on\n".formatted(port));
            }
        }
        script.append("ip link set %s address %s up\n".formatted(BEYOND_PORT, BEYOND_MAC));
        script.append("ip addr replace 192.0.2.1/24 dev %s\n".formatted(BEYOND_PORT));
        script.append("ip -6 addr replace fd00:7061::1/64 dev %s nodad\n".formatted(BEYOND_PORT));
        script.append("ip neigh replace 192.0.2.2 lladdr %s nud permanent dev %s\n".formatted(ROUTER_MAC, BEYOND_PORT));
        script.append(
                "ip neigh replace fd00:7061::2 lladdr %s nud permanent dev %s\n".formatted(ROUTER_MAC, BEYOND_PORT));
        script.append("ip route replace default via 192.0.2.2\nip -6 route replace default via fd00:7061::2\n");
        hostAddresses.forEach(address -> script.append("ip addr replace %s dev lo\n".formatted(address)));
        neighbors.forEach((address, mac) ->
                script.append("ip neigh replace %s lladdr %s nud permanent dev %s\n".formatted(address, mac, bridge)));
        for (var tables : List.of("iptables", "ip6tables")) {
            script.append("%1$s -w -t raw -C OUTPUT -o %2$s -m mark ! --mark %3$d -j DROP 2>/dev/null"
                    .formatted(tables, bridge, HOST_MARK));
            script.append(" || %1$s -w -t raw -I OUTPUT -o %2$s -m mark ! --mark %3$d -j DROP\n"
                    .formatted(tables, bridge, HOST_MARK));
        }
        for (var port : List.of(GUEST_PORT, NEIGHBOR_PORT)) {
            script.append(until("bridge link show dev %s | grep -q 'state forwarding'".formatted(port)));
        }
        script.append(until("[ -z \"$(ip -6 addr show dev %s tentative)\" ]".formatted(bridge)));
        return script.toString();
    }

    private static String until(String condition) {
        return "i=0; until %s; do i=$((i+1)); [ $i -lt 500 ] || exit 9; sleep 0.02; done\n".formatted(condition);
    }
}
