package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.util.List;
import java.util.Optional;

/**
 * Whether packets that cross a bridge pass iptables. If not, a filter's rules for tcp, udp, icmp and all silently have
 * no effect; see libvirt's "Network Filters", limitations.
 */
public enum BridgeNetfilter {
    ON,
    OFF,
    /** The kernel has not loaded br_netfilter. */
    NOT_LOADED;

    private static final String CHECK = "bridge filtering";
    private static final String SETTING = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /** Read it from the machine of a libvirt; empty if no program can be run there. */
    public static Optional<BridgeNetfilter> at(String uri) {
        try {
            return LibvirtMachine.of(uri)
                    .command(List.of("cat", SETTING))
                    .map(command -> Program.of(command.toArray(String[]::new)))
                    .map(program -> of(program.run()));
        } catch (LabException ended) {
            return Optional.empty();
        }
    }

    /** Read it from the output of the program that prints the setting. */
    static BridgeNetfilter of(ProcessResult outcome) {
        return outcome instanceof ProcessResult.Ended ended && ended.succeeded() ? of(ended.output()) : NOT_LOADED;
    }

    private static BridgeNetfilter of(String setting) {
        return setting.strip().equals("1") ? ON : OFF;
    }

    /** Return the result as a check. */
    public CheckResult finding() {
        return switch (this) {
            case ON -> CheckResult.ok(CHECK, "bridge-nf-call-iptables is 1");
            case OFF ->
                CheckResult.of(
                        CHECK,
                        "bridge-nf-call-iptables is 0",
                        Diagnostic.warning(
                                Code.BRIDGE_FILTERING_OFF,
                                "bridge-nf-call-iptables is 0, so traffic on bridges does not pass iptables, and the rules of "
                                        + "filters for tcp, udp, icmp and all do nothing.",
                                "sysctl -w net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1"));
            case NOT_LOADED ->
                CheckResult.of(
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
