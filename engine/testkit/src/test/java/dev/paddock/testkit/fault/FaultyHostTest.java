package dev.paddock.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyHostTest {
    private final MemoryHost host = new MemoryHost();

    @Test
    void writesBeforeTheFaultyOneAreCarriedOut() {
        var writer = writer(2, WriteFault.REFUSE);
        writer.perform(define("a"));
        assertThat(host.objects("network")).containsOnlyKeys("a");
    }

    @Test
    void refusedWriteIsNotCarriedOutAndLaterOnesAre() {
        var writer = writer(1, WriteFault.REFUSE);
        assertFails(writer, HostException.Failure.REFUSED);
        writer.perform(define("b"));
        assertThat(host.objects("network")).containsOnlyKeys("b");
    }

    @Test
    void lostRequestIsNotCarriedOut() {
        assertFails(writer(1, WriteFault.LOSE_REQUEST), HostException.Failure.LOST);
        assertThat(host.objects("network")).isEmpty();
    }

    @Test
    void lostReplyIsCarriedOut() {
        assertFails(writer(1, WriteFault.LOSE_REPLY), HostException.Failure.LOST);
        assertThat(host.objects("network")).containsOnlyKeys("a");
    }

    @Test
    void nothingIsWrittenAfterTheEnd() {
        var writer = writer(1, WriteFault.KILL_AFTER);
        assertThatThrownBy(() -> writer.perform(define("a"))).isInstanceOf(SimulatedKill.class);
        assertThatThrownBy(() -> writer.perform(define("b"))).isInstanceOf(SimulatedKill.class);
        assertThat(host.objects("network")).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @EnumSource(WriteFault.class)
    void faultThatIsNotReachedDoesNotStrike(WriteFault fault) {
        var faulty = new FaultyHost(host, 3, fault);
        var writer = faulty.writer("memory:///");
        assertThatCode(() -> writer.perform(define("a"))).doesNotThrowAnyException();
        assertThat(faulty.struck()).isFalse();
    }

    private HostWriter writer(int faultyWrite, WriteFault fault) {
        return new FaultyHost(host, faultyWrite, fault).writer("memory:///");
    }

    private static void assertFails(HostWriter writer, HostException.Failure how) {
        assertThatThrownBy(() -> writer.perform(define("a")))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(how));
    }

    private static Action define(String name) {
        return new Action.Define(new ResourceId("network", name), "<network><name>" + name + "</name></network>");
    }
}
