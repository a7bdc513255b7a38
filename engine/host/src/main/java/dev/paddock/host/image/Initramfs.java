package dev.paddock.host.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * The files of an initramfs, all owned by root. The output is reproducible.
 *
 * <p>It is not compressed, because an emulated processor decompresses it more slowly than it reads it.
 */
final class Initramfs {
    private final Map<String, Item> items = new TreeMap<>();

    private static final class Item {
        private final long mode;
        private final byte[] content;

        Item(long mode, byte[] content) {
            this.mode = mode;
            this.content = content;
        }
    }

    /** Add a file and its parent folders. */
    Initramfs file(String path, int permissions, byte[] content) {
        return add(path, CpioConstants.C_ISREG | permissions, content);
    }

    Initramfs file(String path, int permissions, String content) {
        return file(path, permissions, content.getBytes(StandardCharsets.UTF_8));
    }

    Initramfs link(String path, String target) {
        return add(path, CpioConstants.C_ISLNK | 0777, target.getBytes(StandardCharsets.UTF_8));
    }

    Initramfs folder(String path, int permissions) {
        return add(path, CpioConstants.C_ISDIR | permissions, new byte[0]);
    }

    private Initramfs add(String path, long mode, byte[] content) {
        var slash = path.lastIndexOf('/');
        if (slash > 0) {
            var parent = path.substring(0, slash);
            if (!items.containsKey(parent)) {
                folder(parent, 0755);
            }
        }
        items.put(path, new Item(mode, content));
        return this;
    }

    void writeTo(OutputStream out) throws IOException {
        var number = 0L;
        try (var archive = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW)) {
            for (var entry : items.entrySet()) {
                var item = entry.getValue();
                var header = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, entry.getKey(), item.content.length);
                header.setMode(item.mode);
                header.setInode(++number);
                header.setTime(0);
                archive.putArchiveEntry(header);
                archive.write(item.content);
                archive.closeArchiveEntry();
            }
        }
    }
}
