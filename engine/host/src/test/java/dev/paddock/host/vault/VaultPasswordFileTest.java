package dev.paddock.host.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VaultPasswordFileTest {
    @TempDir
    private Path folder;

    private VaultPasswordFile file(String name, String content, String modes) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(modes));
        return new VaultPasswordFile(file, "prod");
    }

    @Test
    void theTextOfAFileIsThePassword() throws Exception {
        assertThat(file("password", " two words\n", "rw-------").read(false)).isEqualTo("two words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void aFileOfOthersIsNotUsed(String modes) throws Exception {
        var file = file("password", "secret", modes);

        assertThatThrownBy(() -> file.read(true))
                .isInstanceOf(VaultPasswordFile.UnusableException.class)
                .hasMessageContaining("Others than its owner");
    }

    @Test
    void aProgramIsRunOnlyWithConsent() throws Exception {
        var program = file("vault-client.sh", "#!/bin/sh\ntouch " + folder + "/ran\necho \"$2 secret\"\n", "rwx------");

        assertThatThrownBy(() -> program.read(false)).hasMessageContaining("is a program that would be run");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(program.read(true)).isEqualTo("prod secret");
    }

    @Test
    void aProgramThatOthersMayChangeIsNotRun() throws Exception {
        var program = file("program", "#!/bin/sh\ntouch " + folder + "/ran\n", "rwxrwx---");

        assertThatThrownBy(() -> program.read(true)).hasMessageContaining("may change the program");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void whatGivesNoPasswordIsAnError() throws Exception {
        var empty = file("empty", "\n", "rw-------");
        var failing = file("failing", "#!/bin/sh\necho no such key >&2\nexit 1\n", "rwx------");
        var sealed = file("sealed", "$ANSIBLE_VAULT;1.1;AES256\n00\n", "rw-------");
        var missing = new VaultPasswordFile(folder.resolve("missing"), "prod");

        assertThatThrownBy(() -> empty.read(false)).hasMessageContaining("an empty password");
        assertThatThrownBy(() -> failing.read(true)).hasMessageContaining("gave no password. no such key");
        assertThatThrownBy(() -> sealed.read(false)).hasMessageContaining("encrypted itself");
        assertThatThrownBy(() -> missing.read(false)).hasMessageContaining("is not there");
    }
}
