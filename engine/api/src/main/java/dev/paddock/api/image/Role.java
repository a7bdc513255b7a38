package dev.paddock.api.image;

/** What a file of an image is to a guest. */
public enum Role {
    /** A disk, to be backed by. */
    DISK,
    /** A kernel that the hypervisor boots by itself. */
    KERNEL,
    /** The initramfs that goes with the kernel. */
    INITRD,
    /** A disc that is only read, as that of the first boot. */
    CDROM
}
