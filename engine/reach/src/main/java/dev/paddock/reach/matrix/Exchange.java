package dev.paddock.reach.matrix;

import dev.paddock.reach.packet.Frame;

/**
 * A first frame, and the answer to it.
 *
 * @param where where the other side is
 * @param isOutgoing whether the guest is the one who asks
 */
public record Exchange(Peer.Where where, boolean isOutgoing, Frame request, Frame reply) {}
