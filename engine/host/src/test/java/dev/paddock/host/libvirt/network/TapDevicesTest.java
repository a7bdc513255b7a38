package dev.paddock.host.libvirt.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.process.Program;
import org.junit.jupiter.api.Test;

class TapDevicesTest {
    @Test
    void mastersAreReadFromWhatTheShellWrote() {
        assertThat(TapDevices.masters(Program.of("printf", "vnet0 ../../virbr0\nvirbr0 \nlo\n")
                        .run()))
                .containsEntry("vnet0", "virbr0")
                .containsEntry("virbr0", "")
                .containsEntry("lo", "");
    }

    @Test
    void nothingIsReadFromAProgramThatFailed() {
        assertThat(TapDevices.masters(Program.of("false").run())).isEmpty();
    }
}
