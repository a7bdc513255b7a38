package dev.paddock.host.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarExtractorTest {
    @TempDir
    private Path folder;

    private Path target;
    private Path outside;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes, "UTF-8");

    @BeforeEach
    void isSurrounded() throws IOException {
        target = folder.resolve("in/target");
        outside = folder.resolve("outside");
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectory(outside);
        Files.writeString(outside.resolve("file"), "untouched");
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    private void add(String name, byte type, String content) throws IOException {
        // Keeps a leading slash, which an honest archive would not have.
        var entry = new TarArchiveEntry(name, type, true);
        var data = content.getBytes(StandardCharsets.UTF_8);
        if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
            entry.setLinkName(content);
            data = new byte[0];
        }
        entry.setSize(data.length);
        archive.putArchiveEntry(entry);
        archive.write(data);
        archive.closeArchiveEntry();
    }

    private List<String> unpack() throws IOException {
        archive.finish();
        return TarExtractor.unpack(new ByteArrayInputStream(bytes.toByteArray()), target);
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void nothingIsOutside() throws IOException {
        assertThat(files().stream().filter(name -> !name.startsWith("in/")))
                .containsExactly("in", "outside", "outside/file");
        assertThat(files()).noneMatch(name -> name.contains(".paddock-"));
        assertThat(outside.resolve("file")).hasContent("untouched");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escaped",
                "./../escaped",
                "./a/../../escaped",
                "/escaped",
                "./a//b",
                "././b",
                "escaped",
                "",
                "..",
                "./.."
            })
    void namesThatLeadElsewhereEndIt(String name) throws IOException {
        add("./", TarConstants.LF_DIR, "");
        add("./a", TarConstants.LF_DIR, "");
        add(name, TarConstants.LF_NORMAL, "hostile");

        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);
        nothingIsOutside();
    }

    @Test
    void noLinkThatCameAlongIsFollowed() throws IOException {
        add("./", TarConstants.LF_DIR, "");
        add("./link", TarConstants.LF_SYMLINK, outside.toString());
        add("./link/file", TarConstants.LF_NORMAL, "hostile");

        assertThatThrownBy(this::unpack).hasMessageContaining("no folder");
        nothingIsOutside();
    }

    @Test
    void aLinkIsReplacedNotWrittenThrough() throws IOException {
        add("./", TarConstants.LF_DIR, "");
        add("./link", TarConstants.LF_SYMLINK, outside.resolve("file").toString());
        add("./link", TarConstants.LF_NORMAL, "hostile");

        assertThat(unpack()).isEmpty();
        assertThat(target.resolve("link")).isRegularFile().hasContent("hostile");
        nothingIsOutside();
    }

    @Test
    void aFolderDoesNotBecomeALink() throws IOException {
        add("./", TarConstants.LF_DIR, "");
        add("./folder", TarConstants.LF_DIR, "");
        add("./folder", TarConstants.LF_SYMLINK, outside.toString());
        add("./folder/file", TarConstants.LF_NORMAL, "well");

        assertThat(unpack()).singleElement().asString().contains("a folder is in the way");
        assertThat(target.resolve("folder/file")).hasContent("well");
        nothingIsOutside();
    }

    @Test
    void theTargetItselfDoesNotBecomeALinkThatIsFollowed() throws IOException {
        add(".", TarConstants.LF_SYMLINK, outside.toString());
        add("./file", TarConstants.LF_NORMAL, "hostile");

        assertThatThrownBy(this::unpack).hasMessageContaining("no folder");
        nothingIsOutside();
    }

    @Test
    void linksThatWereThereAreNotFollowed() throws IOException {
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("mine"), outside);
        add("./", TarConstants.LF_DIR, "");
        add("./mine/file", TarConstants.LF_NORMAL, "hostile");

        assertThatThrownBy(this::unpack).hasMessageContaining("no folder");
        nothingIsOutside();
    }

    @Test
    void hardLinksEndIt() throws IOException {
        add("./", TarConstants.LF_DIR, "");
        add("./hard", TarConstants.LF_LINK, outside.resolve("file").toString());

        assertThatThrownBy(this::unpack).hasMessageContaining("neither file, folder nor symbolic link");
        nothingIsOutside();
    }

    @Test
    void devicesAndPipesEndIt() throws IOException {
        add(".", TarConstants.LF_FIFO, "");

        assertThatThrownBy(this::unpack).hasMessageContaining("neither file, folder nor symbolic link");
        nothingIsOutside();
    }

    @Test
    void anArchiveThatBreaksOffLeavesNoHalfFile() throws IOException {
        add(".", TarConstants.LF_NORMAL, "x".repeat(2000));
        archive.finish();
        var half = new ByteArrayInputStream(bytes.toByteArray(), 0, 1000);

        assertThatThrownBy(() -> TarExtractor.unpack(half, target)).isInstanceOf(IOException.class);
        assertThat(target).doesNotExist();
        nothingIsOutside();
    }

    @Test
    void whatIsPackedIsUnpackedAsItWas() throws IOException {
        var source = outside.resolve("source");
        var odd = "a\n\u00fc ' \" $(x) " + "long".repeat(50);
        Files.createDirectories(source.resolve("empty"));
        Files.createDirectories(source.resolve(odd));
        Files.writeString(source.resolve(odd).resolve("file"), "content");
        Files.write(source.resolve("script"), new byte[70_000]);
        Files.setPosixFilePermissions(source.resolve("script"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("nowhere/" + "deep/".repeat(30)));
        Files.setPosixFilePermissions(source.resolve("empty"), PosixFilePermissions.fromString("r-xr-xr-x"));

        var packed = new ByteArrayOutputStream();
        assertThat(TarPacker.pack(source, packed)).isEmpty();
        assertThat(TarExtractor.unpack(new ByteArrayInputStream(packed.toByteArray()), target))
                .isEmpty();

        try (var all = Files.walk(source)) {
            for (var one : all.toList()) {
                var same = target.resolve(source.relativize(one).toString());
                if (Files.isSymbolicLink(one)) {
                    assertThat(Files.readSymbolicLink(same)).isEqualTo(Files.readSymbolicLink(one));
                    continue;
                }
                assertThat(Files.getLastModifiedTime(same, LinkOption.NOFOLLOW_LINKS)
                                        .toMillis()
                                / 1000)
                        .isEqualTo(Files.getLastModifiedTime(one, LinkOption.NOFOLLOW_LINKS)
                                        .toMillis()
                                / 1000);
                assertThat(Files.getPosixFilePermissions(same)).isEqualTo(Files.getPosixFilePermissions(one));
                if (Files.isRegularFile(one)) {
                    assertThat(same).hasSameBinaryContentAs(one);
                }
            }
        }
    }
}
