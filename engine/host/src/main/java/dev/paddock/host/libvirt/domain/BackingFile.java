package dev.paddock.host.libvirt.domain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The image that a qcow2 image is laid over, as its header says (QEMU's docs/interop/qcow2.txt). */
public final class BackingFile {
    private static final int MAGIC = 0x514649fb;
    private static final int LONGEST = 1023;

    private BackingFile() {}

    /**
     * Return its path on the host; none of an image that has none, or names it in another way than by a path.
     *
     * @param root where the host's files are
     */
    public static Optional<String> of(Path root, String image) {
        var file = root.resolve(image.substring(1));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var header = new RandomAccessFile(file.toFile(), "r")) {
            if (header.length() < 20 || header.readInt() != MAGIC) {
                return Optional.empty();
            }
            header.readInt();
            var offset = header.readLong();
            var length = header.readInt();
            if (offset == 0 || length <= 0 || length > LONGEST) {
                return Optional.empty();
            }
            var name = new byte[length];
            header.seek(offset);
            header.readFully(name);
            return path(image, new String(name, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> path(String image, String name) {
        if (name.contains(":")) {
            return Optional.empty();
        }
        var folder = Optional.ofNullable(Path.of(image).getParent()).orElse(Path.of("/"));
        return Optional.of(folder.resolve(name).normalize().toString());
    }
}
