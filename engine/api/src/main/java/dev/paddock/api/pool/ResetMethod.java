package dev.paddock.api.pool;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a used VM becomes clean again. */
public enum ResetMethod {
    /** Load the clean snapshot into the running QEMU where that is safe; else as {@link #REVERT}. */
    RESTORE,
    /** Let libvirt revert to the clean snapshot: it ends QEMU and starts a new one from the snapshot. */
    REVERT,
    /** Delete the VM and its disks, and boot a new one. */
    RECREATE;

    /** Return the word used in playbooks and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ResetMethod> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
