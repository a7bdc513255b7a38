package dev.paddock.reach.matrix;

import dev.paddock.reach.packet.Frame;

/**
 * A first frame and its reply.
 *
 * @param where the location of the other side
 * @param isOutgoing whether the VM sends the first frame
 */
public record Exchange(Peer.Where where, boolean isOutgoing, Frame request, Frame reply) {}
