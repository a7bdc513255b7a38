package dev.paddock.testkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.TarExtractor;
import dev.paddock.host.guest.TarPacker;
import dev.paddock.host.libvirt.guest.GuestChannels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders, into a real guest and out of it. */
@Timeout(300)
class CopiesIT {
    private static final String ODD = "a\n\u00fc ' \" $(x) ;" + "long".repeat(40);

    @TempDir
    private Path folder;

    private GuestAgent guest;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void opens() throws IOException {
        guest = GuestChannels.open(TestGuest.uri(), TestGuest.shared());
        shell("rm -rf /tmp/copies; mkdir /tmp/copies; chmod 1777 /tmp/copies");
    }

    @AfterEach
    void closes() {
        guest.close();
    }

    private String shell(String script) throws IOException {
        var output = new ByteArrayOutputStream();
        assertThat(guest.run(GuestCommand.of("sh", "-c", script), CommandStreams.of(output, output)))
                .as(script)
                .isEqualTo(new ExitStatus.Exited(0));
        return output.toString(StandardCharsets.UTF_8);
    }

    private ExitStatus put(Path source, String path, Optional<String> user) throws IOException {
        var name = String.valueOf(source.getFileName());
        return guest.put(
                path,
                name,
                user,
                archive -> assertThat(TarPacker.pack(source, archive)).isEmpty(),
                errors);
    }

    private ExitStatus get(String path, Path target, Optional<String> user) throws IOException {
        return guest.get(
                path,
                user,
                archive -> assertThat(TarExtractor.unpack(archive, target)).isEmpty(),
                errors);
    }

    private Path tree() throws IOException {
        var tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("empty"));
        Files.createDirectories(tree.resolve(ODD).resolve(ODD));
        Files.writeString(tree.resolve(ODD).resolve(ODD).resolve("file"), "content");
        var noise = new byte[3_000_001];
        new Random(2).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.setPosixFilePermissions(tree.resolve("noise"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("noise"));
        Files.createSymbolicLink(tree.resolve("far"), Path.of("x/".repeat(100) + "y"));
        Files.setPosixFilePermissions(tree.resolve("empty"), PosixFilePermissions.fromString("r-xr-xr-x"));
        return tree;
    }

    /** Return what is in a folder: names, modes, targets of links and contents. */
    private static List<String> look(Path top) throws IOException {
        List<String> seen = new ArrayList<>();
        try (var all = Files.walk(top)) {
            for (var one : all.sorted().toList()) {
                var what = Files.isSymbolicLink(one)
                        ? "-> " + Files.readSymbolicLink(one)
                        : PosixFilePermissions.toString(Files.getPosixFilePermissions(one))
                                + (Files.isDirectory(one) ? "" : " " + Arrays.hashCode(Files.readAllBytes(one)))
                                + " " + Files.getLastModifiedTime(one).toMillis() / 1000;
                seen.add(top.relativize(one) + " " + what);
            }
        }
        return seen;
    }

    @Test
    void aFolderComesBackAsItWas() throws Exception {
        var tree = tree();

        assertThat(put(tree, "/tmp/copies", Optional.empty()))
                .as(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo(new ExitStatus.Exited(0));
        assertThat(get("/tmp/copies/tree", folder.resolve("back"), Optional.empty()))
                .isEqualTo(new ExitStatus.Exited(0));

        assertThat(look(folder.resolve("back"))).isEqualTo(look(tree));
        assertThat(shell("cd /tmp/copies/tree; readlink link; stat -c %a noise empty"))
                .isEqualTo("noise\n751\n555\n");
    }

    @Test
    void aFileMayGetAnotherNameAndReplacesWhatWasThere() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "new");
        shell("echo secret > /tmp/copies/other; ln -s other /tmp/copies/name");

        assertThat(put(file, "/tmp/copies/name", Optional.empty())).isEqualTo(new ExitStatus.Exited(0));

        assertThat(shell("cd /tmp/copies; cat name other; ls")).isEqualTo("newsecret\nname\nother\n");
    }

    @Test
    void copiesHaveTheRightsOfTheUserAlone() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "new");

        assertThat(put(file, "/etc", Optional.of("user"))).isEqualTo(new ExitStatus.Exited(1));
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Permission denied");
        assertThat(put(file, "/tmp/copies", Optional.of("user"))).isEqualTo(new ExitStatus.Exited(0));
        assertThat(shell("stat -c %U /tmp/copies/file")).isEqualTo("user\n");
        shell("echo x > /tmp/copies/mine; chmod 600 /tmp/copies/mine");
        assertThat(get("/tmp/copies/mine", folder.resolve("mine"), Optional.of("user")))
                .isEqualTo(new ExitStatus.Exited(1));
        assertThat(folder.resolve("mine")).doesNotExist();
    }

    @Test
    void noLinkIsFollowedInTheGuestEither() throws Exception {
        var tree = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectory(tree.resolve("inner"));
        Files.writeString(tree.resolve("inner").resolve("file"), "astray");
        shell("mkdir /tmp/copies/tree /tmp/copies/elsewhere; ln -s ../elsewhere /tmp/copies/tree/inner");

        assertThat(put(tree, "/tmp/copies", Optional.empty())).isEqualTo(new ExitStatus.Exited(1));
        assertThat(shell("ls /tmp/copies/elsewhere")).isEmpty();
    }

    @Test
    void whatCannotBeCopiedIsNamedAndTheRestComes() throws Exception {
        shell("cd /tmp/copies; mkfifo pipe; echo x > file; printf x > \"$(printf 'bad\\377')\"");

        assertThat(get("/tmp/copies", folder.resolve("back"), Optional.empty())).isEqualTo(new ExitStatus.Exited(1));
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("./pipe: neither", "not UTF-8");
        assertThat(folder.resolve("back")).isDirectoryContaining("glob:**/file");
        assertThat(folder.resolve("back")).isDirectoryNotContaining("glob:**/pipe");
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(get("/tmp/copies/nothing", folder.resolve("nothing"), Optional.empty()))
                .isEqualTo(new ExitStatus.Exited(1));
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("/tmp/copies/nothing: No such file or directory");
        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}
