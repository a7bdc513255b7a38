package dev.paddock.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LabEndpointTest {
    @Test
    void aPlainPathStandsInTheUriAsItIs() {
        var endpoint =
                new LabEndpoint(Path.of("/var/lib/paddock/lab/a/run/s"), Path.of("/var/lib/paddock/lab/a/run/s-ro"));

        assertThat(endpoint.uri()).isEqualTo("qemu:///system?socket=/var/lib/paddock/lab/a/run/s");
        assertThat(endpoint.readOnlyUri()).isEqualTo("qemu:///system?socket=/var/lib/paddock/lab/a/run/s-ro");
    }

    @Test
    void whatMeansSomethingInAUriIsEscaped() {
        var endpoint = new LabEndpoint(Path.of("/tmp/a b&c?é"), Path.of("/x"));

        assertThat(endpoint.uri()).isEqualTo("qemu:///system?socket=/tmp/a%20b%26c%3F%C3%A9");
    }
}
