package dev.paddock.reach.matrix;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.net.IpAddress;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.reach.firewall.ChainVerdict;
import dev.paddock.reach.firewall.Firewall;
import dev.paddock.reach.firewall.FirewallBuild;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds hints in the effect of a filter on an interface. */
public final class ReachHints {
    /** The variable for the host's addresses in the shipped filters. */
    private static final String HOST = "HOST";

    private static final String CLEAN = "Refer to clean-traffic first: {filterref: clean-traffic}.";

    private final InterfaceContext setting;
    private final String filter;
    private final List<PolicyHint> hints = new ArrayList<>();

    private ReachHints(InterfaceContext setting, String filter) {
        this.setting = setting;
        this.filter = filter;
    }

    /**
     * Return the hints about the filter of an interface on a host without other addresses; empty if it has no filter.
     */
    public static List<PolicyHint> of(InterfaceContext setting) {
        return of(setting, Optional.of(List.of()));
    }

    /**
     * Return the hints about the filter of an interface; empty if it has no filter.
     *
     * @param hostAddresses the addresses of the host, if known
     */
    public static List<PolicyHint> of(InterfaceContext setting, Optional<List<IpAddress>> hostAddresses) {
        if (setting.filter().isEmpty()) {
            return List.of();
        }
        var looking = new ReachHints(setting, setting.filter().get());
        looking.learning();
        if (setting.settled() instanceof FirewallBuild.Ready ready) {
            looking.look(ReachMatrix.of(setting.scene(ready.firewall()), setting.traffic()), ready.firewall());
            looking.host(setting.scene(ready.firewall()), hostAddresses);
        }
        return looking.hints;
    }

    private void learning() {
        if (setting.build() instanceof FirewallBuild.Learning learning
                && learning.how().equals("any")) {
            hint(
                    Code.ADDRESS_LEARNED,
                    "An interface that names the filter '" + filter + "' gives no value for IP, so libvirt learns the"
                            + " address from the first packet that the guest sends. Until then no rule for packets is"
                            + " in force, and the guest chooses its address itself.",
                    "Give the parameter IP, and reserve the address in the network's DHCP server.");
        }
    }

    private void look(ReachMatrix matrix, Firewall firewall) {
        if (setting.network().firstLease().isPresent() && matrix.lease().outcome() != Conversation.Outcome.OPEN) {
            hint(
                    Code.LEASE_BLOCKED,
                    "A guest behind the filter '" + filter + "' gets no address on the network "
                            + setting.network().name() + ", which has a DHCP server: "
                            + matrix.lease().cause() + ".",
                    "Add: {action: accept, direction: out, priority: 100, udp: {srcport: 68, dstport: 67}}.");
        }
        spoofing(matrix);
        if (!chooses()) {
            return;
        }
        defaults(matrix, firewall);
        families(matrix);
        open(matrix, "gateway", Code.HOST_OPEN, "the host, at its address on the network,", "$GATEWAY");
        open(matrix, "guests", Code.GUESTS_OPEN, "other guests on the network", "the addresses of the network");
    }

    /** The host is reachable at each of its addresses: a filter that drops private addresses leaves the others open. */
    private void host(GuestScenario scene, Optional<List<IpAddress>> addresses) {
        if (!chooses()) {
            return;
        }
        if (addresses.isEmpty()) {
            if (setting.uses(HOST) && !setting.parameters().containsKey(HOST)) {
                hint(
                        Code.HOST_OPEN,
                        "The filter '" + filter
                                + "' closes the addresses that the interface lists as HOST, and it lists"
                                + " none. Which addresses the host has cannot be found out from here.",
                        "Give the parameter HOST once for each of them; on the host, ip -4 -brief address lists them.");
            }
            return;
        }
        List<String> open = new ArrayList<>();
        Set<String> traffic = new LinkedHashSet<>();
        for (var address : addresses.get()) {
            if (setting.network().isHost(address)) {
                continue;
            }
            var peer = new Peer("host", Peer.Where.HOST, address);
            var spoken = setting.traffic().stream()
                    .filter(each -> scene.judge(scene.outgoing(peer, each)).outcome() == Conversation.Outcome.OPEN)
                    .map(Traffic::toString)
                    .toList();
            if (!spoken.isEmpty()) {
                open.add(address.toString());
                traffic.addAll(spoken);
            }
        }
        if (!open.isEmpty()) {
            hint(
                    Code.HOST_OPEN,
                    "Behind the filter '" + filter + "' a guest reaches the host at " + String.join(", ", open) + " by "
                            + String.join(", ", traffic) + ".",
                    setting.uses(HOST)
                            ? "Give the filter on the interface: parameters: {HOST: [" + String.join(", ", hosts(open))
                                    + "]}."
                            : "Drop what goes to these addresses with a lower priority.");
        }
    }

    /** Return the values that HOST needs: the present ones, and these. */
    private Set<String> hosts(List<String> more) {
        Set<String> all = new LinkedHashSet<>(setting.parameters().getOrDefault(HOST, List.of()));
        all.addAll(more);
        return all;
    }

    private void spoofing(ReachMatrix matrix) {
        List<String> forged = new ArrayList<>();
        for (var misdeed :
                List.of(SpoofingAttempt.FORGED_MAC, SpoofingAttempt.FORGED_IP, SpoofingAttempt.ARP_AS_GATEWAY)) {
            var verdict = matrix.misdeeds().get(misdeed);
            if (verdict != null && verdict.passes()) {
                forged.add(misdeed.words());
            }
        }
        if (!forged.isEmpty()) {
            hint(
                    Code.SPOOFING_OPEN,
                    "Behind the filter '" + filter + "' these pass: " + String.join(", ", forged) + ".",
                    CLEAN);
        }
    }

    private void defaults(ReachMatrix matrix, Firewall firewall) {
        var scene = matrix.scene();
        var internet = Peers.internet(false);
        List<String> passing = new ArrayList<>();
        for (var traffic : matrix.traffic()) {
            var request = scene.outgoing(internet, traffic).request();
            if (scene.judge(scene.outgoing(internet, traffic)).request().passes()
                    && firewall.chooses(request) instanceof ChainVerdict.Unjudged) {
                passing.add(traffic.toString());
            }
        }
        if (!passing.isEmpty()) {
            hint(
                    Code.NO_DEFAULT_DROP,
                    "The filter '" + filter + "' says what is accepted, and lets pass what it does not name, such as "
                            + passing.getLast() + " to the internet.",
                    "End it with {action: drop, direction: inout, priority: 1000, all: {}}.");
        }
    }

    private void families(ReachMatrix matrix) {
        List<String> open = new ArrayList<>();
        if (isOpen(matrix, "guests (IPv6)")) {
            open.add("IPv6 between guests");
        }
        if (isOpen(matrix, "internet (IPv6)")) {
            open.add("IPv6 to the internet");
        }
        for (var misdeed : List.of(SpoofingAttempt.VLAN_TAG, SpoofingAttempt.OTHER_PROTOCOL)) {
            var verdict = matrix.misdeeds().get(misdeed);
            if (verdict != null && verdict.passes()) {
                open.add("frames with " + misdeed.words());
            }
        }
        if (!open.isEmpty()) {
            hint(
                    Code.FAMILY_OPEN,
                    "The filter '" + filter + "' chooses among IPv4, and leaves open: " + String.join(", ", open) + ".",
                    CLEAN + " It lets nothing pass but IPv4 and ARP.");
        }
    }

    /** Return whether some traffic to a peer passes although no rule is for it. */
    private static boolean isOpen(ReachMatrix matrix, String peer) {
        return matrix.outgoing().stream()
                .filter(cell -> cell.peer().name().equals(peer))
                .anyMatch(cell -> cell.conversation().request().passes()
                        && !(cell.conversation().request().cause() instanceof VerdictCause.ByRule));
    }

    private void open(ReachMatrix matrix, String peer, Code code, String who, String what) {
        Set<String> traffic = new LinkedHashSet<>();
        for (var cell : matrix.outgoing()) {
            if (cell.peer().name().equals(peer)
                    && cell.conversation().outcome() == Conversation.Outcome.OPEN
                    && cell.conversation().request().cause() instanceof VerdictCause.ByRule by
                    && by.rule().rule().action() == FilterRule.Verb.ACCEPT
                    && by.rule().rule().attributes().keySet().stream().noneMatch(name -> name.startsWith("dstip"))) {
                traffic.add(cell.traffic().toString());
            }
        }
        if (!traffic.isEmpty()) {
            hint(
                    code,
                    "Behind the filter '" + filter + "' a guest reaches " + who + " by " + String.join(", ", traffic)
                            + ", as rules without dstipaddr are for every address.",
                    "Drop what goes to " + what + " with a lower priority, or name the addresses that are meant.");
        }
    }

    /**
     * Return whether the filter, or one that it uses, explicitly accepts IPv4 packets, so presumably means to drop
     * others.
     */
    private boolean chooses() {
        return chooses(filter, new LinkedHashSet<>());
    }

    private boolean chooses(String name, Set<String> seen) {
        var definition = setting.filters().get(name);
        if (definition == null || !seen.add(name)) {
            return false;
        }
        for (var entry : definition.entries()) {
            var does =
                    switch (entry) {
                        case FilterEntry.One one ->
                            one.rule().action() == FilterRule.Verb.ACCEPT
                                    && !one.rule().isForFrames()
                                    && !one.rule().isForSix()
                                    && one.rule().direction() != FilterRule.Direction.IN;
                        case FilterEntry.Reference reference -> chooses(reference.filter(), seen);
                    };
            if (does) {
                return true;
            }
        }
        return false;
    }

    private void hint(Code code, String detail, String fix) {
        hints.add(new PolicyHint(code, filter, 0, detail, fix));
    }
}
