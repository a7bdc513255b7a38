package dev.paddock.host.workspace;

import dev.paddock.api.xml.Element;
import java.nio.file.Path;

/**
 * A folder that a guest shares with its host, with {@code input}, {@code output} and {@code work} in it.
 *
 * @param folder as the machine sees it on which libvirt runs
 * @param backing what limits its size
 */
public record Workspace(Path folder, Backing backing) {
    /** The name by which the guest finds it, and under which it mounts it when it is claimed. */
    public static final String TAG = "workspace";

    /** What a workspace is made of. */
    public enum Backing {
        /** A file system in a file, whose size is set aside. */
        DISK,
        /** Memory, as the machine has no loop devices; it is used as far as the workspace is full. */
        MEMORY
    }

    /**
     * Return the device by which a guest gets it. What the guest makes is mapped: a link, a device or an owner of the
     * guest's is a plain file of QEMU's with a note, and so leads nowhere on the host.
     */
    public Element device() {
        return Element.of("filesystem")
                .withAttribute("type", "mount")
                .withAttribute("accessmode", "mapped")
                .plus(Element.of("source").withAttribute("dir", folder.toString()))
                .plus(Element.of("target").withAttribute("dir", TAG));
    }
}
