package dev.paddock.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    /** The clock of a JVM may start anywhere, and overflow. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void aWaitIsOverOnceItsTimeHasPassed() {
        var deadline = Deadline.after(Duration.ofNanos(10), clock::get);

        clock.addAndGet(9);
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.pause(Duration.ZERO)).isTrue();

        clock.addAndGet(1);
        assertThat(deadline.elapsed()).isEqualTo(Duration.ofNanos(10));
        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.pause(Duration.ofDays(1))).isFalse();
    }

    @Test
    void aWaitOfNoTimeIsOverAtOnce_andTheLongestNever() {
        assertThat(Deadline.after(Duration.ZERO, clock::get).isOver()).isTrue();

        var longest = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), clock::get);
        clock.addAndGet(Long.MAX_VALUE);
        assertThat(longest.isOver()).isFalse();
    }

    @Test
    void anInterruptedThreadWaitsNoLonger() {
        Thread.currentThread().interrupt();

        assertThat(Deadline.after(Duration.ofDays(1)).pause(Duration.ofDays(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
