package dev.paddock.pool.golden;

import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SavedState;
import java.util.Optional;

/** Decides how the next guest of a pool is made. A pure function. */
public final class GoldenRule {
    private GoldenRule() {}

    /** How a guest is made. */
    public sealed interface Decision {
        /** Copy it from the golden state. */
        record Copy(SavedState state) implements Decision {}

        /**
         * Boot it.
         *
         * @param saves whether it becomes the golden state
         * @param why there is none to copy
         */
        record Boot(boolean saves, String why) implements Decision {}
    }

    /**
     * A golden state that failed.
     *
     * @param digest of its template
     * @param until when guests are booted instead, in milliseconds since the machine started
     */
    public record Refusal(String digest, String why, long until) {}

    /**
     * @param golden the stored golden state of the pool, of whichever template
     * @param refusal the last failure
     * @param now in milliseconds since the machine started
     */
    public static Decision decide(
            PoolTemplate template, Optional<SavedState> golden, Optional<Refusal> refusal, long now) {
        var obstacle = template.obstacleToCopies();
        if (obstacle.isPresent()) {
            return new Decision.Boot(false, obstacle.get());
        }
        var failed = refusal.filter(each -> each.digest().equals(template.digest()) && now < each.until());
        if (failed.isPresent()) {
            return new Decision.Boot(false, failed.get().why());
        }
        if (golden.isEmpty()) {
            return new Decision.Boot(true, "no VM has booted yet");
        }
        var state = golden.get();
        if (!state.digest().equals(template.digest()) || !state.origin().uuid().equals(template.uuid())) {
            return new Decision.Boot(true, "the template has changed");
        }
        var isOld = template.spec()
                .maxAge()
                .filter(age -> now - state.made() >= age.toMillis())
                .isPresent();
        return isOld ? new Decision.Boot(true, "it is older than max_age") : new Decision.Copy(state);
    }
}
