package dev.paddock.host.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostInfo.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibvirtFilesTest {
    @TempDir
    Path root;

    @Test
    void libraryOfDebianTellsTheVersion() throws IOException {
        put("usr/lib/x86_64-linux-gnu/libvirt.so.0.9000.0");
        assertThat(new LibvirtFiles(root).version()).contains(new Version(9, 0, 0));
    }

    @Test
    void libraryOfFedoraTellsTheVersion() throws IOException {
        put("usr/lib64/libvirt.so.0.12008.1");
        assertThat(new LibvirtFiles(root).version()).contains(new Version(12, 8, 1));
    }

    @Test
    void otherLibrariesTellNone() throws IOException {
        put("usr/lib/x86_64-linux-gnu/libvirt-qemu.so.0.9000.0");
        put("usr/lib/x86_64-linux-gnu/libvirt.so.0");
        assertThat(new LibvirtFiles(root).version()).isEmpty();
    }

    private void put(String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.createFile(root.resolve(file));
    }
}
