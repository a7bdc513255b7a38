package dev.paddock.api.image;

import java.util.Locale;

/** The role of an image's file in a VM. */
public enum ImageFileRole {
    /** A disk that backs the disks of VMs. */
    DISK,
    /** A kernel that the hypervisor boots directly. */
    KERNEL,
    /** The initramfs of the kernel. */
    INITRD,
    /** A read-only disc, such as cloud-init's. */
    CDROM;

    /** Return the word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
