package dev.paddock.api.pool;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a guest that was used becomes clean again. */
public enum ResetMethod {
    /** Load the clean snapshot into the QEMU that runs, where that is safe; else as {@link #REVERT}. */
    RESTORE,
    /** Let libvirt revert to the clean snapshot: the old QEMU ends, another starts from the snapshot. */
    REVERT,
    /** Throw the guest and its disks away, and boot another. */
    RECREATE;

    /** Return the word for it in playbooks and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ResetMethod> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
