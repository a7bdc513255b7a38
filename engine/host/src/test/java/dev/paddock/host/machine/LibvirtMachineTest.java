package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.LabException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtMachineTest {
    @Test
    void whatHasNoHostIsHere() throws LabException {
        assertThat(LibvirtMachine.of("qemu:///system")).isEqualTo(new LibvirtMachine.Here());
        assertThat(LibvirtMachine.of("qemu:///system?socket=/nowhere/run/libvirt-sock"))
                .isEqualTo(new LibvirtMachine.Here());
        assertThat(LibvirtMachine.of("qemu:///session").command(List.of("tail", "a b")))
                .contains(List.of("tail", "a b"));
    }

    @Test
    void aShellAtTheOtherEndIsGivenEachWordAsItIs() throws LabException {
        var machine = LibvirtMachine.of("qemu+ssh://root@box:2222/system?keyfile=/k%20ey");
        assertThat(machine).isEqualTo(new LibvirtMachine.BySsh(List.of("-p", "2222", "-i", "/k ey"), "root@box"));
        assertThat(machine.command(List.of("tail", "-n", "it's $(x)")).orElseThrow())
                .containsSequence("--", "root@box", "'tail' '-n' 'it'\\''s $(x)'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"test:///default", "qemu+tls://box/system", "qemu+ssh://-oProxyCommand=x@box/system", "not a URI"
            })
    void whereNothingCanBeRunNothingIs(String uri) throws LabException {
        assertThat(LibvirtMachine.of(uri).command(List.of("true"))).isEmpty();
        assertThat(LibvirtMachine.of(uri).root()).isEmpty();
    }
}
