package dev.paddock.reach.matrix;

/** What becomes of a first packet, and of the answer to it. */
public record Conversation(ReachVerdict request, ReachVerdict reply) {
    /** What comes out of it. */
    public enum Outcome {
        /** Both get through. */
        OPEN,
        /** The first packet gets there, and no answer back. */
        ONE_WAY,
        /** The first packet does not get there. */
        CLOSED
    }

    public Outcome outcome() {
        if (!request.passes()) {
            return Outcome.CLOSED;
        }
        return reply.passes() ? Outcome.OPEN : Outcome.ONE_WAY;
    }

    /** Return what decided: what stopped it, or what let the first packet pass. */
    public VerdictCause cause() {
        return request.passes() && !reply.passes() ? reply.cause() : request.cause();
    }
}
