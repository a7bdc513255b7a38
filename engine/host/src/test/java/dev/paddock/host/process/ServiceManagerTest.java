package dev.paddock.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
    @TempDir
    Path folder;

    @Test
    void itIsToldAtAPath() {
        var path = folder.resolve("notify").toString();
        try (var manager = new Datagrams(path)) {
            var told = ServiceManager.at(Optional.of(path));
            told.tell("READY=1");
            told.tell("STATUS=ü");

            assertThat(manager.next()).isEqualTo("READY=1");
            assertThat(manager.next()).isEqualTo("STATUS=ü");
        }
    }

    @Test
    void itIsToldAtANameOfTheAbstractNamespace() {
        var name = "paddock-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        try (var manager = new Datagrams("\0" + name)) {
            ServiceManager.at(Optional.of("@" + name)).tell("WATCHDOG=1");

            assertThat(manager.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void oneThatDoesNotListenOrIsNotThereIsNoFailure() {
        var nobody = folder.resolve("nobody").toString();

        assertThatNoException()
                .isThrownBy(() -> ServiceManager.at(Optional.of(nobody)).tell("READY=1"));
        assertThatNoException()
                .isThrownBy(() -> ServiceManager.at(Optional.empty()).tell("READY=1"));
    }
}
