package dev.paddock.host.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.image.ImageSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Downloads the disk of an image and decompresses it on the fly. Received data is kept until the download is complete,
 * so that the next attempt can resume.
 */
final class ImageDownloader {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final String AGAIN = "Apply again: it goes on where it stopped.";

    private final ImageSource.Download source;
    private final Path received;
    private final ProgressListener progress;

    private ImageDownloader(ImageSource.Download source, Path received, ProgressListener progress) {
        this.source = source;
        this.received = received;
        this.progress = progress;
    }

    /**
     * Download into a folder, which may contain data from an earlier attempt.
     *
     * @param disk the file to create in it
     */
    static void download(ImageSource.Download source, Path folder, Path disk, ProgressListener progress)
            throws ImageException, IOException {
        new ImageDownloader(source, folder.resolve("received"), progress).to(disk);
    }

    private void to(Path disk) throws ImageException, IOException {
        var before = Files.exists(received) ? Files.size(received) : 0;
        HttpTransfer connection;
        try {
            connection = HttpTransfer.open(source.url(), before);
        } catch (IOException failure) {
            throw failed(
                    "The download of " + name() + " failed: " + reason(failure) + ".",
                    "See that the server can be" + " reached from this computer, and apply again.");
        }
        try (connection) {
            var status = connection.status();
            switch (status) {
                case HttpURLConnection.HTTP_PARTIAL ->
                    receive(connection.content(), before + connection.length(), disk);
                case HttpURLConnection.HTTP_OK -> {
                    // The server sends the whole file, whether asked to or not.
                    Files.deleteIfExists(received);
                    receive(connection.content(), connection.length(), disk);
                }
                // There is nothing after the received data; the checksum decides whether it is complete.
                case RANGE_NOT_SATISFIABLE -> receive(InputStream.nullInputStream(), before, disk);
                default ->
                    throw failed(
                            "The server does not give out " + name() + ": it answers " + connection.phrase() + ".",
                            "Correct the URL, or ask who runs the server.");
            }
        }
        Files.deleteIfExists(received);
    }

    private void receive(InputStream coming, long length, Path disk) throws ImageException, IOException {
        try (var file = new ResumableFile(received, coming, length, progress)) {
            Optional<IOException> unreadable = Optional.empty();
            try (var out = new WrittenFile(Files.newOutputStream(disk))) {
                var content = Decompressor.of(file);
                content.transferTo(out);
                // Bytes after the end of the compressed data count for the checksum.
                file.transferTo(OutputStream.nullOutputStream());
            } catch (ResumableFile.Broken | WrittenFile.Full failure) {
                throw failure;
            } catch (IOException malformed) {
                unreadable = Optional.of(malformed);
                file.transferTo(OutputStream.nullOutputStream());
            }
            check(file.sha256());
            if (unreadable.isPresent()) {
                Files.deleteIfExists(received);
                throw failed(
                        "What " + name() + " holds cannot be unpacked: "
                                + unreadable.get().getMessage() + ".",
                        "Name a file that is whole, with its checksum.");
            }
        } catch (ResumableFile.Broken broken) {
            throw failed(
                    "The download of " + name() + " stopped after " + Files.size(received)
                            + (length < 0 ? " bytes: " : " of " + length + " bytes: ") + reason(broken) + ".",
                    AGAIN);
        }
    }

    private void check(String sha256) throws ImageException, IOException {
        if (!sha256.equals(source.sha256())) {
            Files.deleteIfExists(received);
            throw new ImageException(Diagnostic.error(
                    Code.CHECKSUM_WRONG,
                    name() + " has the SHA-256 " + sha256 + ", and not " + source.sha256() + ".",
                    "Compare with what its publisher says. If the file is right, correct sha256."));
        }
    }

    private static String reason(IOException failure) {
        var why = failure instanceof ResumableFile.Broken && failure.getCause() instanceof IOException cause
                ? cause
                : failure;
        return switch (why) {
            case UnknownHostException unknown -> "there is no server of that name";
            case SocketTimeoutException silent -> "the server did not answer in time";
            case ConnectException refused -> "the server does not let anybody connect";
            case FileNotFoundException missing -> "the server does not have it";
            default -> String.valueOf(why.getMessage()).replaceAll("\\.$", "");
        };
    }

    private String name() {
        return source.shownUrl();
    }

    private static ImageException failed(String detail, String fix) {
        return new ImageException(Diagnostic.error(Code.DOWNLOAD_FAILED, detail, fix));
    }
}
