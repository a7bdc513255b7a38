package dev.paddock.reach.matrix;

import dev.paddock.reach.firewall.ChainVerdict;
import dev.paddock.reach.firewall.Firewall.Way;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;

/**
 * The paths of a frame across the bridge of a network.
 *
 * <p>libvirt's part of FORWARD has this order: the chains of filters (libvirt-in, libvirt-out, libvirt-in-post), which
 * move to the top whenever a filter is carried out, and then the chains of the network (LIBVIRT_FWX, LIBVIRT_FWI,
 * LIBVIRT_FWO). Other rules of the host are unknown here, and treated as absent.
 */
public final class BridgePath {
    private final PeerNetwork network;

    public BridgePath(PeerNetwork network) {
        this.network = network;
    }

    /** Return the verdict on a frame from a VM to the host. */
    public ReachVerdict toHost(ProbePort from, Frame frame) {
        var walk = new Walk();
        walk.ask(from.firewall().sends(frame));
        walk.ask(from.firewall().packet(frame, Way.TO_HOST));
        if (isSix(frame) && network.gateway(true).isEmpty()) {
            walk.stop("the host has no IPv6 address on the network " + network.name());
        }
        return walk.end();
    }

    /** Return the verdict on a frame from a VM to another one on the same network. */
    public ReachVerdict toNeighbor(ProbePort from, ProbePort to, Frame frame) {
        var walk = new Walk();
        walk.ask(from.firewall().sends(frame));
        if (from.isIsolated() && to.isIsolated()) {
            walk.stop("the network " + network.name() + " isolates its guests");
        }
        walk.ask(from.firewall().packet(frame, Way.FROM_GUEST));
        walk.ask(to.firewall().packet(frame, Way.TO_GUEST));
        walk.ask(to.firewall().receives(frame));
        return walk.end();
    }

    /** Return the verdict on a frame from a VM to somewhere beyond the host. */
    public ReachVerdict outward(ProbePort from, Frame frame) {
        var walk = new Walk();
        walk.ask(from.firewall().sends(frame));
        if (frame.packet().isEmpty()) {
            if (network.mode() != PeerNetwork.Mode.BRIDGE) {
                walk.stop("the host forwards packets alone");
            }
            return walk.end();
        }
        walk.ask(from.firewall().packet(frame, Way.FROM_GUEST));
        if (network.mode() == PeerNetwork.Mode.BRIDGE) {
            return walk.end();
        }
        if (isSix(frame) && network.gateway(true).isEmpty()) {
            walk.stop("the host has no IPv6 address on the network " + network.name());
        }
        // libvirt-in-post accepts what passed a filter with packet rules, before the rules of the network are
        // evaluated.
        if (!from.firewall().looksAtPackets(frame)) {
            forwarded(walk, frame, true);
        }
        return walk.end();
    }

    /** Return the verdict on a frame from the host to a VM. Only ebtables evaluates filters here. */
    public ReachVerdict fromHost(ProbePort to, Frame frame) {
        var walk = new Walk();
        if (isSix(frame) && network.gateway(true).isEmpty()) {
            walk.stop("the host has no IPv6 address on the network " + network.name());
        }
        walk.ask(to.firewall().receives(frame));
        return walk.end();
    }

    /** Return the verdict on a frame from beyond the host to a VM. Packet rules see it only on a bridge of the host. */
    public ReachVerdict inward(ProbePort to, Frame frame) {
        var walk = new Walk();
        if (network.mode() == PeerNetwork.Mode.BRIDGE) {
            walk.ask(to.firewall().packet(frame, Way.TO_GUEST));
        } else {
            if (isSix(frame) && network.gateway(true).isEmpty()) {
                walk.stop("the host has no IPv6 address on the network " + network.name());
            }
            forwarded(walk, frame, false);
        }
        walk.ask(to.firewall().receives(frame));
        return walk.end();
    }

    /** Evaluates the network's own rules for routed packets: networkAddFirewallRules. */
    private void forwarded(Walk walk, Frame frame, boolean isOut) {
        if (!(frame.payload() instanceof Payload.Ip ip)) {
            return;
        }
        var inside = network.holds(isOut ? ip.source() : ip.destination());
        var passes =
                switch (network.mode()) {
                    case ISOLATED -> false;
                    case NAT -> {
                        var translates = !ip.source().isSix() || network.translatesSix();
                        yield inside && (isOut || !translates || isKnown(frame.tracking()));
                    }
                    case ROUTE -> inside;
                    case OPEN, BRIDGE -> true;
                };
        var way = isOut ? "from it" : "to it";
        if (!passes) {
            walk.stop("the network " + network.name() + " of mode " + word() + " forwards no "
                    + (inside && network.mode() == PeerNetwork.Mode.NAT ? "new connections" : "such packets") + " "
                    + way);
        } else if (network.mode() != PeerNetwork.Mode.OPEN) {
            walk.pass("the network " + network.name() + " of mode " + word() + " forwards it");
        }
    }

    private static boolean isKnown(ConnectionState tracking) {
        return switch (tracking.state()) {
            case ESTABLISHED, RELATED -> true;
            case NEW, INVALID, UNTRACKED -> false;
        };
    }

    private static boolean isSix(Frame frame) {
        return frame.packet().filter(packet -> packet.source().isSix()).isPresent();
    }

    private String word() {
        return switch (network.mode()) {
            case ISOLATED -> "none";
            case NAT -> "nat";
            case ROUTE -> "route";
            case OPEN -> "open";
            case BRIDGE -> "bridge";
        };
    }

    /** The verdicts so far. The first one that stops a frame decides; otherwise, the last one that passed it. */
    private static final class Walk {
        private boolean stopped;
        private boolean accepted;
        private VerdictCause cause = new VerdictCause.ByNobody();

        void ask(ChainVerdict judgement) {
            if (stopped) {
                return;
            }
            switch (judgement) {
                case ChainVerdict.Accepted by -> pass(new VerdictCause.ByRule(by.by()));
                case ChainVerdict.Returned by -> pass(new VerdictCause.ByRule(by.by()));
                case ChainVerdict.Dropped by -> stop(new VerdictCause.ByRule(by.by()));
                case ChainVerdict.Unjudged unjudged -> {}
            }
        }

        void pass(String why) {
            if (!accepted) {
                pass(new VerdictCause.ByNetwork(why));
            }
        }

        void stop(String why) {
            if (!stopped) {
                stop(new VerdictCause.ByNetwork(why));
            }
        }

        private void pass(VerdictCause by) {
            if (!stopped) {
                cause = by;
                accepted = true;
            }
        }

        private void stop(VerdictCause by) {
            cause = by;
            stopped = true;
        }

        ReachVerdict end() {
            return new ReachVerdict(!stopped, cause);
        }
    }
}
