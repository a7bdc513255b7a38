package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether what crosses a bridge passes iptables. Where it does not, a filter's rules for tcp, udp, icmp and all do
 * nothing, without any message; see libvirt's "Network Filters", limitations.
 */
public enum BridgeFiltering {
    ON,
    OFF,
    /** The kernel has not loaded br_netfilter. */
    NOT_LOADED;

    private static final String CHECK = "bridge filtering";
    private static final String SETTING = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /** Read it for this machine. */
    public static BridgeFiltering read() {
        try {
            return of(Files.readString(Path.of(SETTING)));
        } catch (IOException absent) {
            return NOT_LOADED;
        }
    }

    /** Return the command that prints the setting, to be run where it counts. */
    public static List<String> question() {
        return List.of("cat", SETTING);
    }

    /** Read it from what that command did. */
    public static BridgeFiltering of(Outcome outcome) {
        return outcome instanceof Outcome.Ended ended && ended.succeeded() ? of(ended.output()) : NOT_LOADED;
    }

    private static BridgeFiltering of(String setting) {
        return setting.strip().equals("1") ? ON : OFF;
    }

    /** Return what it means. */
    public Finding finding() {
        return switch (this) {
            case ON -> Finding.ok(CHECK, "bridge-nf-call-iptables is 1");
            case OFF ->
                Finding.of(
                        CHECK,
                        "bridge-nf-call-iptables is 0",
                        Diagnostic.warning(
                                Code.BRIDGE_FILTERING_OFF,
                                "bridge-nf-call-iptables is 0, so traffic on bridges does not pass iptables, and the rules of "
                                        + "filters for tcp, udp, icmp and all do nothing.",
                                "sysctl -w net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1"));
            case NOT_LOADED ->
                Finding.of(
                        CHECK,
                        "br_netfilter is not loaded",
                        Diagnostic.warning(
                                Code.BRIDGE_FILTERING_OFF,
                                "The kernel's module br_netfilter is not loaded, so traffic on bridges does not pass "
                                        + "iptables, and the rules of filters for tcp, udp, icmp and all do nothing.",
                                "modprobe br_netfilter"));
        };
    }
}
