package dev.paddock.reach.matrix;

/** The verdicts on a first packet and on its reply. */
public record Conversation(ReachVerdict request, ReachVerdict reply) {
    /** The outcome of a conversation. */
    public enum Outcome {
        /** Both packets arrive. */
        OPEN,
        /** The first packet arrives, but the reply does not. */
        ONE_WAY,
        /** The first packet does not arrive. */
        CLOSED
    }

    public Outcome outcome() {
        if (!request.passes()) {
            return Outcome.CLOSED;
        }
        return reply.passes() ? Outcome.OPEN : Outcome.ONE_WAY;
    }

    /** Return the cause of the outcome: what stopped a packet, or what passed the first packet. */
    public VerdictCause cause() {
        return request.passes() && !reply.passes() ? reply.cause() : request.cause();
    }
}
