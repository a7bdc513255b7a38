package dev.paddock.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @Test
    void socketThatIsNotThereIsUnreachable() {
        assertUnreachable("qemu:///system?socket=/nonexistent/libvirt-sock");
    }

    @Test
    void uriOfNoDriverIsUnreachable() {
        assertUnreachable("teapot:///system");
    }

    @Test
    void daemonThatHangsUpIsUnreachable(@TempDir Path folder) throws IOException {
        var socket = folder.resolve("libvirt-sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var rude = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        server.accept().close();
                    }
                } catch (IOException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            assertUnreachable("qemu:///system?socket=" + socket);
            assertThat(rude.isAlive()).isTrue();
        }
    }

    @Test
    void failedOpeningsLeaveNoThreadsBehind() {
        for (var i = 0; i < 5; i++) {
            assertUnreachable("qemu:///system?socket=/nonexistent/libvirt-sock");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("libvirt-"))
                .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    }

    private static void assertUnreachable(String uri) {
        var connector = new LibvirtConnector();
        assertThatThrownBy(() -> connector.writer(uri).close())
                .isInstanceOfSatisfying(HostException.class, OpeningTest::assertUnreachable);
        assertThatThrownBy(() -> connector.reader(uri).close())
                .isInstanceOfSatisfying(HostException.class, OpeningTest::assertUnreachable);
    }

    private static void assertUnreachable(HostException failure) {
        assertThat(failure.failure()).isEqualTo(Failure.UNREACHABLE);
        assertThat(failure.reason()).isNotBlank();
    }
}
