package dev.paddock.pool.slot;

import dev.paddock.api.host.HostException;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A session with the agent of a guest. Only one thread at a time uses it. */
record AgentGuestSession(GuestAgent agent) implements GuestSession {
    /** The time in which a guest with new MAC addresses has to get its network addresses. */
    private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public void ping() {
        call(GuestAgent::ping);
    }

    @Override
    public void claim(ClaimRequest claim) {
        call(target -> target.claim(claim.toMessage(Instant.now())));
    }

    /** Hand over a guest that goes on with what another did. */
    void claimFork(ClaimRequest claim) {
        call(target -> target.claim(claim.toMessage(Instant.now()).thatContinues()));
    }

    /** Wait until a guest that got new MAC addresses has network addresses again, if it had any. */
    void settle() {
        call(target -> target.settle(SETTLE_TIMEOUT));
    }

    private void call(Consumer<GuestAgent> request) {
        synchronized (agent) {
            try {
                request.accept(agent);
            } catch (GuestException failure) {
                throw new SlotException(failure.diagnostic().detail(), failure);
            } catch (HostException failure) {
                throw new SlotException(failure.reason(), failure);
            }
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
