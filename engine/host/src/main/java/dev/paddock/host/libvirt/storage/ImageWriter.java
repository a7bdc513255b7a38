package dev.paddock.host.libvirt.storage;

import com.sun.jna.Pointer;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageFileRole;
import dev.paddock.api.image.ImageManifest;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.StreamCalls;
import dev.paddock.host.libvirt.binding.VolumeCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
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
 * Uploads images to a host: their files first, then the manifest that marks them as complete. Files without a manifest
 * were left by an interrupted run and are written again.
 */
public final class ImageWriter {
    private final ImagePool pool = new ImagePool();
    private final Clock clock;

    public ImageWriter(Clock clock) {
        this.clock = clock;
    }

    /** Return whether the host has the complete image; the pool of images exists afterwards. */
    public boolean has(WriteConnection connection, ImageSpec image) {
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

    /** Write the files from this computer, unless another program has done so meanwhile. */
    public void write(
            WriteConnection connection, ImageSpec image, Map<ImageFile, Path> files, ProgressListener progress) {
        ImagePool.refresh(connection);
        if (isThere(connection, image)) {
            return;
        }
        ImagePool.use(connection, handle -> {
            var manifest = XmlWriter.write(ImageManifest.document(image, clock.instant()))
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

    /** Return whether an interrupted run left files; otherwise files of these names belong to somebody else. */
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
            ProgressListener progress) {
        delete(connection, handle, file.name());
        try (var content = Files.newInputStream(source)) {
            ImagePool.requireRoom(connection, file.name(), source);
            var size = Files.size(source);
            // A seed may contain secrets; libvirt gives it to QEMU's user. Other files are shared, and stay as they
            // are.
            var mode = file.role() == ImageFileRole.CDROM ? "0600" : "0644";
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
        var volume = StreamCalls.virStorageVolCreateXML(handle, XmlWriter.write(document), 0);
        if (volume == null) {
            throw connection.failure();
        }
        var isWhole = false;
        try {
            Upload.send(connection, volume, content, sent);
            isWhole = true;
        } finally {
            // A partial file only occupies space. If the host is gone, the file stays and is found later.
            if (!isWhole && StreamCalls.virStorageVolDelete(volume, 0) < 0) {
                LibvirtError.take();
            }
            VolumeCalls.virStorageVolFree(volume);
        }
    }

    /** Uploaded files are raw to libvirt, whatever they contain; it detects the format afterwards. */
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
