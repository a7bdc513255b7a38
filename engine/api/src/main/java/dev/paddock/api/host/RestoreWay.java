package dev.paddock.api.host;

/** How a VM is restored to a snapshot with memory. */
public enum RestoreWay {
    /** The running QEMU loads the snapshot. Nothing around the VM changes. */
    LOADVM("loadvm"),
    /** libvirt ends QEMU and starts a new one. */
    LIBVIRT("libvirt");

    private final String label;

    RestoreWay(String label) {
        this.label = label;
    }

    /** Return the word used on the command line. */
    public String label() {
        return label;
    }
}
