package dev.paddock.api.image;

import java.util.Locale;

/** What a file of an image is to a guest. */
public enum ImageFileRole {
    /** A disk, to be backed by. */
    DISK,
    /** A kernel that the hypervisor boots by itself. */
    KERNEL,
    /** The initramfs that goes with the kernel. */
    INITRD,
    /** A disc that is only read, as that of the first boot. */
    CDROM;

    /** Return the word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
