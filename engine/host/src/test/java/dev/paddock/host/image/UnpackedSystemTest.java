package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedSystemTest {
    @TempDir
    Path folder;

    @Test
    void debian12KeepsTheKernelInBootAndModulesInLib() throws IOException, ImageException {
        file("boot/vmlinuz-6.1.0-42-amd64");
        file("lib/modules/6.1.0-42-amd64/kernel/a.ko");

        var system = new UnpackedSystem(folder);

        assertThat(system.kernel()).isEqualTo(folder.resolve("boot/vmlinuz-6.1.0-42-amd64"));
        assertThat(system.modules()).isEqualTo(folder.resolve("lib/modules/6.1.0-42-amd64"));
    }

    @Test
    void debian13KeepsModulesBelowUsr() throws IOException, ImageException {
        file("boot/vmlinuz-6.12.1-amd64");
        file("usr/lib/modules/6.12.1-amd64/kernel/a.ko");
        var busybox = file("usr/bin/busybox");

        var system = new UnpackedSystem(folder);

        assertThat(system.kernel()).isEqualTo(folder.resolve("boot/vmlinuz-6.12.1-amd64"));
        assertThat(system.file("bin/busybox")).isEqualTo(busybox);
    }

    @Test
    void debian14KeepsTheKernelBesideItsModules() throws IOException, ImageException {
        var kernel = file("usr/lib/modules/7.2.1-amd64/vmlinuz");

        assertThat(new UnpackedSystem(folder).kernel()).isEqualTo(kernel);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        file("usr/lib/modules/7.2.1-amd64/kernel/a.ko");

        assertThatThrownBy(() -> new UnpackedSystem(folder).kernel())
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("do not hold a kernel");
    }

    private Path file(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
