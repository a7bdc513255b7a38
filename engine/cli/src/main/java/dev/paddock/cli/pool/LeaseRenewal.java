package dev.paddock.cli.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.poolclient.PathEncoder;
import dev.paddock.cli.poolclient.PoolClient;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Extends a lease for as long as its command runs, within what the pool allows. */
final class LeaseRenewal implements AutoCloseable {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final int PARTS = 3;

    private final Thread thread;

    private LeaseRenewal(Thread thread) {
        this.thread = thread;
    }

    static LeaseRenewal of(PoolClient keeper, JsonNode lease) {
        var pause = pause(lease);
        var seconds = pause.multipliedBy(PARTS).toSeconds();
        var path = "/v1/leases/" + PathEncoder.inPath(lease.path("id").asText()) + "/extend";
        var thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(() -> {
            try {
                while (true) {
                    Thread.sleep(pause);
                    // A keeper that comes back before the lease is over finds it as it was.
                    keeper.insist("POST", path, "{\"seconds\": " + seconds + "}", pause.multipliedBy(PARTS));
                }
            } catch (InterruptedException | CommandException over) {
                // Whoever uses the guest finds out, if it is gone.
                return;
            }
        });
        thread.start();
        return new LeaseRenewal(thread);
    }

    private static Duration pause(JsonNode lease) {
        try {
            var time = Duration.between(
                    Instant.parse(lease.path("acquiredAt").asText()),
                    Instant.parse(lease.path("expiresAt").asText()));
            var third = time.dividedBy(PARTS);
            return third.compareTo(LEAST) < 0 ? LEAST : third;
        } catch (DateTimeParseException odd) {
            return LEAST;
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
