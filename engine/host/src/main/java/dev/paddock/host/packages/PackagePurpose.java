package dev.paddock.host.packages;

/** What packages are needed for. */
public enum PackagePurpose {
    /** Connecting to any libvirt. */
    CLIENT("to connect to libvirt"),
    /** Running a lab on this machine. */
    LAB("to run a lab"),
    /** Building the files of another release, and running a lab in them. */
    RELEASE("to run the libvirt of another release"),
    /** Compiling the agent for guests. */
    GUEST_AGENT("to build the guest agent"),
    /** Making the disc for a first boot. */
    SEED("to make the disc that cloud-init reads"),
    /** Building the image debian. */
    DEBIAN("to build the image debian");

    private final String phrase;

    PackagePurpose(String phrase) {
        this.phrase = phrase;
    }

    /** Return the purpose as the end of a sentence: "to run a lab". */
    public String phrase() {
        return phrase;
    }
}
