package dev.paddock.testkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.LeaseClaim;
import dev.paddock.host.guest.LeaseMark;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.workspace.Workspace;
import dev.paddock.testkit.lab.Labs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real guest that goes from one holder to the next. */
@Timeout(300)
class ClaimIT {
    private static final String MARK = "mark-of-the-lease-before";

    /** Wherever a guest can keep something: memory, disk, swap, names, variables. */
    private static final String LEAVE_MARKS = """
            echo MARK >/run/mark; echo MARK >/dev/shm/mark; echo MARK >/root/mark; echo MARK >/tmp/mark
            echo MARK | dd of=/dev/vda bs=512 seek=64 conv=fsync 2>/dev/null
            echo MARK >>/etc/profile
            mkswap /dev/vdb >/dev/null && swapon /dev/vdb
            setsid sh -c 'echo MARK >/dev/null; exec sleep 4242' &
            """.replace("MARK", MARK);

    private static final String LOOK_FOR_MARKS = """
            grep -rl MARK /run /dev/shm /root /tmp /etc 2>/dev/null
            dd if=/dev/vda bs=512 skip=64 count=1 iflag=direct 2>/dev/null | tr -d '\\0'
            env; hostname; cat /etc/machine-id; grep vdb /proc/swaps
            dd if=/dev/vdb bs=4096 count=1 iflag=direct 2>/dev/null | tr -d '\\0'
            ps | grep '[s]leep 4242'
            """.replace("MARK", MARK);

    private static final LeaseMark FIRST = LeaseMark.of("first");
    private static final LeaseMark SECOND = LeaseMark.of("second");
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private GuestAgent guest;

    @BeforeEach
    void restores() {
        restore(RestoreWay.LOADVM);
    }

    private void restore(RestoreWay way) {
        PoolGuest.restore(way);
        guest = open();
    }

    @AfterEach
    void closes() {
        guest.close();
    }

    private static GuestAgent open() {
        return GuestChannels.open(Labs.uri(), PoolGuest.NAME);
    }

    private static GuestAgent open(LeaseMark lease) {
        return GuestChannels.open(Labs.uri(), PoolGuest.NAME, Duration.ZERO, Optional.of(lease));
    }

    private String shell(String script) throws IOException {
        return run(GuestCommand.of("sh", "-c", script));
    }

    private String run(GuestCommand command) throws IOException {
        var output = new ByteArrayOutputStream();
        guest.run(command, CommandStreams.of(output, output));
        return output.toString(StandardCharsets.UTF_8);
    }

    private static LeaseClaim claim() {
        return LeaseClaim.at(Instant.now());
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfALeaseIsThereInTheNext(RestoreWay way) throws Exception {
        var before = shell(LOOK_FOR_MARKS);
        guest.claim(
                claim().withHostname(MARK).withVariables(Map.of("LEASE", MARK)).withAuthorizedKeys(List.of(MARK)));
        shell(LEAVE_MARKS);
        assertThat(shell(LOOK_FOR_MARKS))
                .contains("LEASE=" + MARK, "/dev/vdb", "/run/mark", "/root/.ssh/authorized_keys", "SWAPSPACE", "4242");
        guest.close();

        restore(way);

        assertThat(shell(LOOK_FOR_MARKS)).isEqualTo(before).doesNotContain(MARK);
    }

    @Test
    void whatIsRandomIsSoForEveryLease() throws Exception {
        var draw = "head -c 16 /dev/urandom | od -A n -t x1; cat /proc/sys/kernel/random/uuid /etc/machine-id";
        Set<String> drawn = new HashSet<>();
        for (var lease = 0; lease < 3; lease++) {
            guest.claim(claim());
            drawn.addAll(List.of(shell(draw).split("\n", -1)));
            guest.close();
            restore(RestoreWay.LOADVM);
        }

        // Three of each, and what follows the last line.
        assertThat(drawn).hasSize(10);
    }

    @Test
    void theClockIsThatOfTheHost() throws Exception {
        shell("date -s '2001-02-03 04:05:06'");

        var before = Instant.now();
        guest.claim(claim());
        var told = Instant.ofEpochSecond(Long.parseLong(shell("date +%s").strip()));

        // However long both took on a busy machine.
        assertThat(told).isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
    }

    @Test
    void variablesAreThoseOfEveryCommandAndOfNobodyElse() throws Exception {
        guest.claim(claim().withVariables(Map.of("TOKEN", "a b\n'c'=\u00fc", "PATH", "/bin")));

        assertThat(shell("echo \"$TOKEN|$PATH\"")).isEqualTo("a b\n'c'=\u00fc|/bin\n");
        assertThat(run(GuestCommand.of("sh", "-c", "echo $TOKEN").withEnvironment(Map.of("TOKEN", "nearer"))))
                .isEqualTo("nearer\n");
        assertThat(shell("stat -f -c %T /run; stat -c %a /run/paddock /run/paddock/variables"))
                .isEqualTo("tmpfs\n700\n600\n");
        try (var other = open()) {
            var output = new ByteArrayOutputStream();
            other.run(GuestCommand.of("sh", "-c", "echo $PATH"), CommandStreams.of(output, output));
            assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("/bin\n");
        }
    }

    @Test
    void keysComeBesideThoseOfTheImage() throws Exception {
        shell("mkdir -m 700 /root/.ssh; printf 'ssh-ed25519 of-the-image' >/root/.ssh/authorized_keys");

        guest.claim(claim().withAuthorizedKeys(List.of("ssh-ed25519 one", "ssh-ed25519 two")));

        assertThat(shell("grep . /root/.ssh/authorized_keys"))
                .isEqualTo("ssh-ed25519 of-the-image\nssh-ed25519 one\nssh-ed25519 two\n");
    }

    @Test
    void theImageMayDoMoreAndIsNotWaitedFor() throws Exception {
        shell("""
                mkdir -p /usr/lib/paddock
                printf '#!/bin/sh\\nuntil [ -e /tmp/go ]; do sleep 0.1; done; env >/tmp/hooked' >/usr/lib/paddock/claim
                chmod +x /usr/lib/paddock/claim
                """);

        guest.claim(claim().withVariables(Map.of("TOKEN", "secret")));

        assertThat(
                        shell(
                                "test -e /tmp/hooked || echo not yet; touch /tmp/go; until [ -s /tmp/hooked ]; do sleep 0.1; done; cat /tmp/hooked"))
                .startsWith("not yet\n")
                .doesNotContain("TOKEN");
    }

    @Test
    void whatCannotBeClaimedSaysWhy() {
        assertThatThrownBy(() -> guest.claim(claim().withWorkspace("nowhere")))
                .isInstanceOfSatisfying(
                        GuestException.class,
                        failure -> assertThat(failure.diagnostic().code()).isEqualTo(Code.GUEST_NOT_CLAIMED))
                .hasMessageContaining("the workspace cannot be mounted at /workspace");
    }

    @Test
    void aClaimMayBeRehearsed() throws Exception {
        guest.claim(claim().withHostname("rehearsed")
                .withVariables(Map.of("OLD", "old"))
                .withWorkspace(Workspace.TAG));
        var drawn = shell("cat /etc/machine-id");
        guest.claim(claim().withVariables(Map.of("NEW", "new")).withWorkspace(Workspace.TAG));

        assertThat(shell("hostname; echo $OLD$NEW; grep -c ' /workspace 9p ' /proc/mounts; ls /workspace"))
                .isEqualTo("rehearsed\nnew\n1\ninput\noutput\nwork\n");
        assertThat(shell("cat /etc/machine-id")).isNotEqualTo(drawn);
    }

    /** As when a lease ends after its holder was told that it lasts, and the guest is handed to somebody else. */
    @Test
    void whoComesLateForALeaseDoesNothingToTheNext() throws Exception {
        guest.claim(claim().withLease(FIRST));
        try (var holder = open(FIRST)) {
            assertThat(run(holder, "true")).isEqualTo(new ExitStatus.Exited(0));
        }
        guest.close();
        restore(RestoreWay.LOADVM);

        try (var late = open(FIRST)) {
            assertThatEnded(() -> run(late, "touch", "/run/late"));
            guest.claim(claim().withLease(SECOND));
            assertThatEnded(() -> run(late, "touch", "/run/late"));
            assertThatEnded(() -> late.put("/run", "late", Optional.empty(), archive -> {}, NOWHERE));
            assertThatEnded(() -> late.get("/etc", Optional.empty(), InputStream::readAllBytes, NOWHERE));
        }

        try (var holder = open(SECOND)) {
            assertThat(run(holder, "test", "-e", "/run/late")).isEqualTo(new ExitStatus.Exited(1));
        }
    }

    private static void assertThatEnded(ThrowingCallable late) {
        assertThatThrownBy(late).isInstanceOfSatisfying(GuestException.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo(Code.LEASE_ENDED));
    }

    private static ExitStatus run(GuestAgent in, String... arguments) throws IOException {
        return in.run(GuestCommand.of(arguments), CommandStreams.of(NOWHERE, NOWHERE));
    }

    @Test
    void channelsAreTakenFromWhoeverHasThem() throws Exception {
        var cutOff = CompletableFuture.supplyAsync(() -> {
            try {
                return run(guest, "sh", "-c", "touch /run/begun; exec sleep 4242");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        try (var other = open()) {
            run(other, "sh", "-c", "until [ -e /run/begun ]; do sleep 0.1; done");
        }

        GuestChannels.hangUp(Labs.uri(), PoolGuest.NAME);

        assertThatThrownBy(cutOff::join).cause().isInstanceOfSatisfying(GuestException.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo(Code.GUEST_GONE));
        try (var other = open()) {
            assertThat(run(
                            other,
                            "sh",
                            "-c",
                            "for i in $(seq 60); do pgrep -f 'sleep 424[2]' || exit 0; sleep 1; done; exit 1"))
                    .isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    void aSessionThatIsHeldAnswersAndIsClaimedLater() throws Exception {
        for (var i = 0; i < 100; i++) {
            guest.ping();
        }
        guest.claim(claim().withHostname("later"));
        guest.ping();

        assertThat(shell("hostname")).isEqualTo("later\n");
    }
}
