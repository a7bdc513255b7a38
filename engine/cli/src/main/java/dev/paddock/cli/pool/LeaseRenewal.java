package dev.paddock.cli.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.poolclient.PathEncoder;
import dev.paddock.cli.poolclient.PoolClient;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Renews a lease while its command runs, within what the pool allows. */
final class LeaseRenewal implements AutoCloseable {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final int RENEWALS_PER_LEASE = 3;

    private final Thread thread;

    private LeaseRenewal(Thread thread) {
        this.thread = thread;
    }

    /** Start to renew a lease, on a thread of its own. */
    static LeaseRenewal start(PoolClient client, JsonNode lease) {
        var interval = interval(lease);
        var seconds = interval.multipliedBy(RENEWALS_PER_LEASE).toSeconds();
        var path = "/v1/leases/" + PathEncoder.encode(lease.path("id").asText()) + "/extend";
        var thread = Thread.ofPlatform().daemon().name("paddock-renewal").unstarted(() -> {
            try {
                while (PollInterval.of(interval)) {
                    // A pool server that restarts before the lease expires still has the lease.
                    client.askUntilAvailable(
                            "POST", path, "{\"seconds\": " + seconds + "}", interval.multipliedBy(RENEWALS_PER_LEASE));
                }
            } catch (CommandException ignored) {
                // The command fails by itself if the VM is gone.
                return;
            }
        });
        thread.start();
        return new LeaseRenewal(thread);
    }

    private static Duration interval(JsonNode lease) {
        try {
            var duration = Duration.between(
                    Instant.parse(lease.path("acquiredAt").asText()),
                    Instant.parse(lease.path("expiresAt").asText()));
            var third = duration.dividedBy(RENEWALS_PER_LEASE);
            return third.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : third;
        } catch (DateTimeParseException malformed) {
            return MIN_INTERVAL;
        }
    }

    void stop() {
        thread.interrupt();
    }

    @Override
    public void close() {
        stop();
    }
}
