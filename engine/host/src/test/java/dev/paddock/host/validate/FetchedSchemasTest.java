package dev.paddock.host.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostInfo.Version;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchedSchemasTest {
    @Test
    void filesAreReadOctetForOctet() {
        var fetched = read("libvirt.so.0.11003.0\n3 a.rng\nü\n0 b.rng\n").orElseThrow();
        assertThat(fetched.version()).isEqualTo(new Version(11, 3, 0));
        assertThat(fetched.files()).containsOnlyKeys("a.rng", "b.rng");
        assertThat(fetched.files().get("a.rng"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("ü\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "libvirt.so.0.11003.0\n",
                "1 a.rng\nx",
                "libvirt.so.0.11003.0\n9 a.rng\nshort",
                "libvirt.so.0.11003.0\n1 ../a.rng\nx",
                "libvirt.so.0.11003.0\n1 /etc/passwd\nx",
                "libvirt.so.0.11003.0\n99999999999 a.rng\nx",
                "Welcome to this machine!\nlibvirt.so.0.11003.0\n1 a.rng\nx"
            })
    void whatIsNotWholeIsNone(String written) {
        assertThat(read(written)).isEmpty();
    }

    private static Optional<FetchedSchemas> read(String written) {
        return FetchedSchemas.read(written.getBytes(StandardCharsets.UTF_8));
    }
}
