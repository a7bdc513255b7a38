package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.Progress;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageManifest;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.image.Role;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings images to a host: their files first, then the manifest that marks them whole. Files without a manifest are what
 * an interrupted run left, and are written anew.
 */
final class ImageWriting {
    private final ImagePool pool = new ImagePool();
    private final Clock clock;

    ImageWriting(Clock clock) {
        this.clock = clock;
    }

    /** Return whether the host has the image whole; the pool of images is there afterwards. */
    boolean has(WriteConnection connection, ImageSpec image) {
        pool.require(connection);
        return isThere(connection, image);
    }

    private static boolean isThere(WriteConnection connection, ImageSpec image) {
        var found = new AtomicBoolean();
        ImagePool.use(
                connection, handle -> found.set(isThere(connection, handle, ImageManifest.volume(image.objectName()))));
        return found.get();
    }

    private static boolean isThere(WriteConnection connection, Pointer handle, String name) {
        var volume = find(connection, handle, name);
        if (volume == null) {
            return false;
        }
        VolumeCalls.virStorageVolFree(volume);
        return true;
    }

    /** Write the files, which are on this computer, unless somebody else has done so meanwhile. */
    void write(WriteConnection connection, ImageSpec image, Map<ImageFile, Path> files, Progress progress) {
        ImagePool.refresh(connection);
        if (isThere(connection, image)) {
            return;
        }
        ImagePool.use(connection, handle -> {
            var manifest = XmlWriting.write(ImageManifest.document(image, clock.instant()))
                    .getBytes(StandardCharsets.UTF_8);
            var mark = ImageManifest.unfinished(image.objectName());
            if (!isMarked(connection, handle, image)) {
                write(connection, handle, mark, manifest);
            }
            for (var entry : files.entrySet()) {
                write(connection, handle, image, entry.getKey(), entry.getValue(), progress);
            }
            write(connection, handle, ImageManifest.volume(image.objectName()), manifest);
            delete(connection, handle, mark);
        });
    }

    /** Return whether an interrupted run left files; without that, files of these names are somebody else's. */
    private static boolean isMarked(WriteConnection connection, Pointer handle, ImageSpec image) {
        if (isThere(connection, handle, ImageManifest.unfinished(image.objectName()))) {
            return true;
        }
        for (var file : image.files()) {
            if (isThere(connection, handle, file.name())) {
                throw new HostException(
                                Failure.REFUSED,
                                0,
                                0,
                                "The storage pool " + ImageStore.POOL + " has a volume " + file.name()
                                        + ", which was not made for this image.")
                        .withAdvice("See whose it is, give it another name or delete it, and apply again.");
            }
        }
        return false;
    }

    private static void write(WriteConnection connection, Pointer handle, String name, byte[] content) {
        try {
            fill(
                    connection,
                    handle,
                    volume(name, content.length, "0644"),
                    new ByteArrayInputStream(content),
                    sent -> {});
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory cannot be read. This is a bug in this tool.", impossible);
        }
    }

    private static void write(
            WriteConnection connection,
            Pointer handle,
            ImageSpec image,
            ImageFile file,
            Path source,
            Progress progress) {
        delete(connection, handle, file.name());
        try (var content = Files.newInputStream(source)) {
            ImagePool.requireRoom(connection, file.name(), source);
            var size = Files.size(source);
            // A seed may hold secrets; libvirt gives it to the user that QEMU runs as. Others are shared, and stay as
            // is.
            var mode = file.role() == Role.CDROM ? "0600" : "0644";
            fill(
                    connection,
                    handle,
                    volume(file.name(), size, mode),
                    content,
                    sent -> progress.at("uploading", sent, size));
        } catch (IOException unreadable) {
            throw HostException.of(Diagnostic.error(
                    Code.FILE_UNREADABLE,
                    "The file " + source + " of the image " + image.name() + " cannot be read: "
                            + unreadable.getMessage(),
                    "See that it is there and readable, and apply again."));
        }
    }

    private static void fill(
            WriteConnection connection, Pointer handle, Element document, InputStream content, LongConsumer sent)
            throws IOException {
        var volume = StreamCalls.virStorageVolCreateXML(handle, XmlWriting.write(document), 0);
        if (volume == null) {
            throw connection.failure();
        }
        var isWhole = false;
        try {
            Upload.send(connection, volume, content, sent);
            isWhole = true;
        } finally {
            // Half a file is of no use, least of all on a full disk. Where the host is gone it stays, and is found.
            if (!isWhole && StreamCalls.virStorageVolDelete(volume, 0) < 0) {
                LibvirtError.take();
            }
            VolumeCalls.virStorageVolFree(volume);
        }
    }

    /** To libvirt a file that is only brought is raw, whatever is in it; it looks into it afterwards. */
    private static Element volume(String name, long size, String mode) {
        return Element.of("volume")
                .plus(Element.of("name").withText(name))
                .plus(Element.of("capacity").withAttribute("unit", "bytes").withText(Long.toString(size)))
                .plus(Element.of("allocation").withText("0"))
                .plus(Element.of("target")
                        .plus(Element.of("format").withAttribute("type", "raw"))
                        .plus(Element.of("permissions").plus(Element.of("mode").withText(mode))));
    }

    private static void delete(WriteConnection connection, Pointer handle, String name) {
        var volume = find(connection, handle, name);
        if (volume == null) {
            return;
        }
        try {
            if (StreamCalls.virStorageVolDelete(volume, 0) < 0) {
                throw connection
                        .failure()
                        .withAdvice("Another run may be bringing the same image: let it end, and apply again.");
            }
        } finally {
            VolumeCalls.virStorageVolFree(volume);
        }
    }

    private static @Nullable Pointer find(WriteConnection connection, Pointer handle, String name) {
        var volume = StreamCalls.virStorageVolLookupByName(handle, name);
        if (volume == null) {
            var error = LibvirtError.take();
            if (!error.isAbsence()) {
                throw connection.failure(error);
            }
        }
        return volume;
    }
}
