package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.host.process.CurrentUser;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibvirtGroupTest {
    private static final CurrentUser ANN = new CurrentUser(1000, "ann", List.of(1000L));

    @Test
    void rootNeedsNoGroup() {
        assertThat(LibvirtGroup.of(new CurrentUser(0, "root", List.of(0L)), List.of()))
                .isEqualTo(LibvirtGroup.ROOT);
    }

    @Test
    void aGroupThatIsInForceCounts() {
        var member = new CurrentUser(1000, "ann", List.of(1000L, 118L));

        assertThat(LibvirtGroup.of(member, List.of("libvirt:x:118:ann"))).isEqualTo(LibvirtGroup.MEMBER);
    }

    @Test
    void aGroupThatWasJoinedAfterTheLoginIsNotInForce() {
        assertThat(LibvirtGroup.of(ANN, List.of("libvirt:x:118:bob,ann"))).isEqualTo(LibvirtGroup.NOT_YET);
    }

    @Test
    void whoIsNotListedIsToldHowToJoin() {
        var membership = LibvirtGroup.of(ANN, List.of("libvirt:x:118:bob,joann"));
        var diagnostic = membership.finding(ANN).diagnostic().orElseThrow();

        assertThat(membership).isEqualTo(LibvirtGroup.OUTSIDER);
        assertThat(diagnostic.code()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(diagnostic.fix().orElse("")).contains("usermod -a -G libvirt ann", "log in again");
    }

    @Test
    void withoutLibvirtThereIsNoGroup() {
        assertThat(LibvirtGroup.of(ANN, List.of("root:x:0:"))).isEqualTo(LibvirtGroup.NO_GROUP);
    }
}
