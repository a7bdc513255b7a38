package dev.paddock.host.workspace;

import dev.paddock.api.xml.Element;
import java.nio.file.Path;

/**
 * A folder that a VM shares with its host, with {@code input}, {@code output} and {@code work} in it.
 *
 * @param folder as seen by the machine that runs libvirt
 * @param backing what limits its size
 */
public record Workspace(Path folder, Backing backing) {
    /** The name by which the guest finds it, and mounts it when it is claimed. */
    public static final String TAG = "workspace";

    /** What a workspace is stored in. */
    public enum Backing {
        /** A file system in a file with reserved space. */
        DISK,
        /** Memory, if the machine has no loop devices; only the used part occupies memory. */
        MEMORY
    }

    /**
     * Return the device for a VM. What the guest creates is mapped: a link, a device or an owner in the guest is a
     * plain file of QEMU with attributes, and so leads nowhere on the host.
     */
    public Element device() {
        return Element.of("filesystem")
                .withAttribute("type", "mount")
                .withAttribute("accessmode", "mapped")
                .plus(Element.of("source").withAttribute("dir", folder.toString()))
                .plus(Element.of("target").withAttribute("dir", TAG));
    }
}
