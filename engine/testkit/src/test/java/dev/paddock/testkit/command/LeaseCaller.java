package dev.paddock.testkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Somebody who borrows one guest after another, looks for what others left, leaves marks, and does not give up. */
final class LeaseCaller {
    private static final Pattern MARK = Pattern.compile("mark-of-([\\w-]+\\.\\w+)");
    private static final int ATTEMPTS = 3;
    private static final int PAUSE_MILLIS = 100;

    /** Long enough to look and leave marks. */
    private static final String SHORT = "10s";

    /** Files of the disk, of memory, and shared ones; the disk itself, a process, and what the guest is. */
    private static final String LOOK_AND_LEAVE = """
            mark=mark-of-LEASE
            cat /root/mark /tmp/mark /dev/shm/mark /etc/mark /workspace/*/mark 2>/dev/null
            head -c 64 /dev/vda; hostname; env; ps
            for folder in /root /tmp /dev/shm /etc /workspace/input /workspace/output /workspace/work; do
              echo $mark >$folder/mark
            done
            echo $mark >/dev/vda; sync; hostname $mark
            (exec -a $mark sleep 1000) >/dev/null 2>&1 &
            """;

    private final PoolLab lab;
    private final LeaseLedger ledger;
    private final Semaphore forgetful;
    private final String name;
    private final List<String> found = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private int looks;

    /** @param forgetful how many leases of all callers are still to be let expire */
    LeaseCaller(PoolLab lab, LeaseLedger ledger, Semaphore forgetful, String name) {
        this.lab = lab;
        this.ledger = ledger;
        this.forgetful = forgetful;
        this.name = name;
    }

    /** Return the marks of others that were found. */
    List<String> found() {
        return found;
    }

    /** Return how often it got to look. */
    int looks() {
        return looks;
    }

    /** Return how long it waited for each lease, in nanoseconds. */
    List<Long> waits() {
        return waits;
    }

    /** Borrow so many guests. */
    LeaseCaller borrow(int times) {
        for (var i = 0; i < times; i++) {
            borrow(name + "-" + i);
        }
        return this;
    }

    private void borrow(String request) {
        var forgets = forgetful.tryAcquire();
        var asked = System.nanoTime();
        var lease = granted(request, forgets);
        waits.add(System.nanoTime() - asked);
        var id = lease.path("id").asText();
        var lasts = Duration.between(
                Instant.now(), Instant.parse(lease.path("expiresAt").asText()));
        ledger.granted(id, lease.path("guest").asText(), name, asked, lasts.toNanos());
        look(id);
        ledger.ends(id);
        if (forgets) {
            lab.until(() -> isOver(id));
        } else {
            lab.until(() -> succeeds("pool", "release", id));
        }
    }

    /** Ask with the same request until it is answered; with another one where it was answered and that got lost. */
    private JsonNode granted(String request, boolean forgets) {
        var id = request;
        while (true) {
            var asked = forgets
                    ? lab.run("acquire", PoolFaultsIT.POOL, "--request-id", id, "--wait", "2m", "--for", SHORT)
                    : lab.run("acquire", PoolFaultsIT.POOL, "--request-id", id, "--wait", "2m");
            if (asked.exitCode() == 0) {
                return asked.json();
            }
            if (asked.messages().contains("has ended")) {
                id += "-again";
            }
            pause();
        }
    }

    private void look(String lease) {
        for (var i = 0; i < ATTEMPTS; i++) {
            var looked = lab.run("exec", lease, "--", "sh", "-c", LOOK_AND_LEAVE.replace("LEASE", lease));
            MARK.matcher(looked.output())
                    .results()
                    .map(match -> match.group(1))
                    .filter(owner -> !owner.equals(lease))
                    .distinct()
                    .forEach(owner -> found.add(owner + " in " + lease));
            if (looked.exitCode() == 0) {
                looks++;
                return;
            }
            pause();
        }
    }

    private boolean succeeds(String... arguments) {
        return lab.run(arguments).exitCode() == 0;
    }

    private boolean isOver(String lease) {
        var list = lab.run("pool", "list", "--leases", "-o", "json");
        return list.exitCode() == 0 && !list.output().contains(lease);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interruption);
        }
    }
}
