package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.image.ImageSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@Timeout(60)
class ImageDownloaderTest {
    private static final byte[] DISK = disk();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "xz", "zstd"})
    void aFileIsUnpackedWhileItComes(String packing) throws Exception {
        var packed = packed(packing);
        try (var server = new ImageServer(packed)) {
            assertThat(download(server, "/image", packed)).isEqualTo(DISK);
        }
        assertThat(folder.resolve("received")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "xz"})
    void aDownloadThatStoppedHalfWayGoesOnThere(String packing) throws Exception {
        var packed = packed(packing);
        var half = packed.length / 2;
        try (var server = new ImageServer(packed).stoppingAfter(half)) {
            var why = catchThrowableOfType(ImageException.class, () -> download(server, "/image", packed));
            assertThat(why.diagnostic().code()).isEqualTo(Code.DOWNLOAD_FAILED);
            assertThat(why.diagnostic().detail()).contains("stopped after", " of " + packed.length + " bytes");
            assertThat(why.diagnostic().fix()).get().asString().contains("goes on where it stopped");
            var had = Files.size(folder.resolve("received"));
            assertThat(had).isPositive().isLessThanOrEqualTo(half);

            server.stoppingAfter(Integer.MAX_VALUE);
            assertThat(download(server, "/image", packed)).isEqualTo(DISK);
            assertThat(server.ranges()).containsExactly("", "bytes=" + had + "-");
        }
    }

    @Test
    void aServerThatKnowsNoRangesSendsAllAgain() throws Exception {
        try (var server = new ImageServer(DISK).stoppingAfter(1000).withoutRanges()) {
            assertThatThrownBy(() -> download(server, "/image", DISK)).isInstanceOf(ImageException.class);
            server.stoppingAfter(Integer.MAX_VALUE);
            assertThat(download(server, "/image", DISK)).isEqualTo(DISK);
        }
    }

    @Test
    void whatWasReceivedWholeIsNotAskedForAgain() throws Exception {
        try (var server = new ImageServer(DISK)) {
            Files.write(folder.resolve("received"), DISK);
            assertThat(download(server, "/image", DISK)).isEqualTo(DISK);
        }
    }

    @Test
    void anotherChecksumIsAnotherFile() throws Exception {
        try (var server = new ImageServer(DISK)) {
            var why = catchThrowableOfType(
                    ImageException.class, () -> download(server, "/image", "other".getBytes(StandardCharsets.UTF_8)));
            assertThat(why.diagnostic().code()).isEqualTo(Code.CHECKSUM_WRONG);
            assertThat(why.diagnostic().detail()).contains(sha256(DISK));
        }
        // What is wrong is not gone on with.
        assertThat(folder.resolve("received")).doesNotExist();
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        try (var server = new ImageServer(DISK)) {
            assertThat(download(server, "/moved", DISK)).isEqualTo(DISK);
        }
    }

    @Test
    void httpsIsNotLeftForHttp() throws Exception {
        var https = URI.create("https://example.org/a");
        assertThat(HttpTransfer.next(https, https, "/b")).isEqualTo(URI.create("https://example.org/b"));
        assertThatThrownBy(() -> HttpTransfer.next(https, https, "http://example.org/b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("anybody could change");
        assertThat(HttpTransfer.next(URI.create("http://example.org/a"), https, "http://example.org/b"))
                .isEqualTo(URI.create("http://example.org/b"));
    }

    @Test
    void whatAServerDoesNotHaveIsTold() throws Exception {
        try (var server = new ImageServer(DISK)) {
            var why = catchThrowableOfType(ImageException.class, () -> download(server, "/other?token=hunter2", DISK));
            assertThat(why.diagnostic().detail()).contains("answers 404").doesNotContain("hunter2");
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        URI url;
        try (var server = new ImageServer(DISK)) {
            url = server.url("/image");
        }
        var source = new ImageSource.Download(url, sha256(DISK));
        var why = catchThrowableOfType(
                ImageException.class,
                () -> ImageDownloader.download(source, folder, folder.resolve("disk"), ProgressListener.SILENT));
        assertThat(why.diagnostic().code()).isEqualTo(Code.DOWNLOAD_FAILED);
    }

    @Test
    void whatCannotBeUnpackedIsTold() throws Exception {
        var broken = packed("gzip");
        broken[broken.length / 2] ^= 0x55;
        try (var server = new ImageServer(broken)) {
            var why = catchThrowableOfType(ImageException.class, () -> download(server, "/image", broken));
            assertThat(why.diagnostic().detail()).contains("cannot be unpacked");
        }
    }

    private byte[] download(ImageServer server, String path, byte[] expected) throws Exception {
        var disk = folder.resolve("disk");
        ImageDownloader.download(
                new ImageSource.Download(server.url(path), sha256(expected)), folder, disk, ProgressListener.SILENT);
        return Files.readAllBytes(disk);
    }

    private static byte[] disk() {
        var disk = new byte[1 << 20];
        new Random(1).nextBytes(disk);
        return disk;
    }

    private static byte[] packed(String packing) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (packing) {
                    case "gzip" -> new GzipCompressorOutputStream(packed);
                    case "xz" -> new XZOutputStream(packed, new LZMA2Options(1));
                    case "zstd" -> new ZstdCompressorOutputStream(packed);
                    default -> packed;
                }) {
            out.write(DISK);
        }
        return packed.toByteArray();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
