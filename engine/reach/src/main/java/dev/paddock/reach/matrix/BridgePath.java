package dev.paddock.reach.matrix;

import dev.paddock.reach.firewall.ChainVerdict;
import dev.paddock.reach.firewall.Firewall.Way;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;

/**
 * The ways of a frame over the bridge of a network.
 *
 * <p>What libvirt puts into FORWARD stands in this order: the chains of filters (libvirt-in, libvirt-out,
 * libvirt-in-post), as each filter that is carried out moves them to the top, and then the network's own (LIBVIRT_FWX,
 * LIBVIRT_FWI, LIBVIRT_FWO). The host's other rules are not known here, and taken for none.
 */
public final class BridgePath {
    private final PeerNetwork network;

    public BridgePath(PeerNetwork network) {
        this.network = network;
    }

    /** From a guest to the host. */
    public ReachVerdict toHost(ProbePort from, Frame frame) {
        var walk = new Walk();
        walk.ask(from.firewall().sends(frame));
        walk.ask(from.firewall().packet(frame, Way.TO_HOST));
        if (isSix(frame) && network.gateway(true).isEmpty()) {
            walk.stop("the host has no IPv6 address on the network " + network.name());
        }
        return walk.end();
    }

    /** From a guest to another on the same network. */
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

    /** From a guest to what is beyond the host. */
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
        // libvirt-in-post accepts what a filter with rules for packets let pass, before the network's rules are asked.
        if (!from.firewall().looksAtPackets(frame)) {
            forwarded(walk, frame, true);
        }
        return walk.end();
    }

    /** From the host to a guest. Nothing but ebtables asks a filter about that. */
    public ReachVerdict fromHost(ProbePort to, Frame frame) {
        var walk = new Walk();
        if (isSix(frame) && network.gateway(true).isEmpty()) {
            walk.stop("the host has no IPv6 address on the network " + network.name());
        }
        walk.ask(to.firewall().receives(frame));
        return walk.end();
    }

    /** From beyond the host to a guest. Only on a bridge of the host's own do rules for packets see it. */
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

    /** The network's own rules for what is routed: networkAddFirewallRules. */
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

    /** What was asked so far, and what it said. The first that stops a frame decides, else the last that let it pass. */
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
