package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.Test;

class InitramfsTest {
    @Test
    void itIsTheSameInWhateverOrderFilesAreAdded() throws IOException {
        var one = new Initramfs().file("etc/a", 0644, "a").link("init", "bin/busybox");
        var other = new Initramfs().link("init", "bin/busybox").file("etc/a", 0644, "a");
        assertThat(bytes(one)).isEqualTo(bytes(other));
    }

    @Test
    void foldersComeBeforeWhatIsInThem() throws IOException {
        List<String> names = new ArrayList<>();
        try (var archive = new CpioArchiveInputStream(
                new ByteArrayInputStream(bytes(new Initramfs().file("lib/modules/a.ko", 0644, "a"))))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getTime()).isZero();
                assertThat(entry.getUID()).isZero();
            }
        }
        assertThat(names).containsExactly("lib", "lib/modules", "lib/modules/a.ko");
    }

    private static byte[] bytes(Initramfs initramfs) throws IOException {
        var out = new ByteArrayOutputStream();
        initramfs.writeTo(out);
        return out.toByteArray();
    }
}
