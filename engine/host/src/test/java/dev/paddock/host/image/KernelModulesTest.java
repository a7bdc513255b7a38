package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelModulesTest {
    @TempDir
    Path folder;

    @Test
    void aModuleBringsWhatItNeedsAndThatIsLoadedFirst() throws IOException {
        module("net/virtio_net.ko", "depends=virtio,net-failover", "alias=virtio:d00000001v*");
        module("net/net-failover.ko", "depends=failover");
        module("core/failover.ko", "depends=");
        module("core/virtio.ko", "depends=");
        module("core/other.ko", "depends=");

        var picked = KernelModules.pick(folder, List.of("virtio_net", "built_in"));

        assertThat(picked.files()).containsOnlyKeys("failover.ko", "net_failover.ko", "virtio.ko", "virtio_net.ko");
        // modprobe loads the last first.
        assertThat(picked.dependencies()).contains("virtio_net.ko: net_failover.ko failover.ko virtio.ko\n");
        assertThat(picked.aliases()).isEqualTo("alias virtio:d00000001v* virtio_net\n");
    }

    @Test
    void aCompressedModuleIsUnpacked() throws IOException {
        var content = "\0depends=\0".getBytes(StandardCharsets.ISO_8859_1);
        try (var out = new XZOutputStream(Files.newOutputStream(folder.resolve("a.ko.xz")), new LZMA2Options(1))) {
            out.write(content);
        }
        assertThat(KernelModules.pick(folder, List.of("a")).files().get("a.ko")).isEqualTo(content);
    }

    private void module(String path, String... facts) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "ELF\0" + String.join("\0", facts) + "\0rest", StandardCharsets.ISO_8859_1);
    }
}
