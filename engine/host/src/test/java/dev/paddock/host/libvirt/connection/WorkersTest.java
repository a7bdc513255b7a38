package dev.paddock.host.libvirt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private final Workers workers = new Workers(2);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
        workers.close();
    }

    @Test
    void answerIsHandedOn() {
        assertThat(workers.within(Duration.ofSeconds(5), () -> 42)).isEqualTo(42);
    }

    @Test
    void callThatHangsIsGivenUp() {
        assertThatThrownBy(() -> workers.within(Duration.ofMillis(100), this::hang))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(Failure.LOST));
    }

    @Test
    void callThatGoesOnIsWaitedForBeyondThePatience() {
        var progress = new AtomicLong();
        var slow = workers.start(() -> {
            for (var i = 0; i < 20; i++) {
                Thread.sleep(20);
                progress.incrementAndGet();
            }
            return "done";
        });
        assertThat(Workers.await(slow, Duration.ofMillis(200), progress::get)).isEqualTo("done");
    }

    @Test
    void failureIsHandedOnAsItIs() {
        var failure = new HostException(Failure.REFUSED, 1, 2, "no");
        assertThatThrownBy(() -> workers.within(Duration.ofSeconds(5), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void interruptedWaiterStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> workers.within(Duration.ofSeconds(5), this::hang))
                .isInstanceOf(HostException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private boolean hang() throws InterruptedException {
        end.await();
        return true;
    }
}
