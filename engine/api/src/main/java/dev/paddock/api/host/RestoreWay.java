package dev.paddock.api.host;

/** How a guest is brought back to a snapshot with its memory. */
public enum RestoreWay {
    /** The QEMU that runs loads the snapshot: nothing of the guest's surroundings changes. */
    LOADVM("loadvm"),
    /** libvirt ends QEMU and starts another. */
    LIBVIRT("libvirt");

    private final String label;

    RestoreWay(String label) {
        this.label = label;
    }

    /** Return the word for it on a command line. */
    public String label() {
        return label;
    }
}
