package dev.paddock.pool.golden;

import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SavedState;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.time.Duration;
import java.util.Optional;

/** What is known of the golden state of a pool. */
public final class PoolGolden {
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(10);

    private boolean isRead;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // It changes.
    private Optional<SavedState> state = Optional.empty();

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Optional<GoldenRule.Refusal> refusal = Optional.empty();

    /**
     * Decide how the next guest is made.
     *
     * @throws SlotException when the host does not respond
     */
    public synchronized GoldenRule.Decision decide(SlotHost host, PoolTemplate template, long now) {
        if (!isRead) {
            state = host.golden(template.name());
            isRead = true;
        }
        return GoldenRule.decide(template, state, refusal, now);
    }

    /** Return why the next guest boots; absent when it is copied, or nothing is known yet. */
    public synchronized Optional<String> whyBoots(PoolTemplate template, long now) {
        return isRead && GoldenRule.decide(template, state, refusal, now) instanceof GoldenRule.Decision.Boot boot
                ? Optional.of(boot.why())
                : Optional.empty();
    }

    /** A golden state was saved. */
    public synchronized void saved() {
        isRead = false;
    }

    /** A guest could not be copied from a golden state. */
    public synchronized void failed(SavedState used, String why, long now) {
        // Unless it was replaced meanwhile, which explains the failure.
        if (state.filter(used::equals).isPresent()) {
            refuse(used.digest(), why, now);
        }
    }

    /** No golden state can be made of a template: boot its guests for a while. */
    public synchronized void refuse(String digest, String why, long now) {
        refusal = Optional.of(new GoldenRule.Refusal(digest, why, now + RETRY_INTERVAL.toMillis()));
        state = Optional.empty();
    }
}
