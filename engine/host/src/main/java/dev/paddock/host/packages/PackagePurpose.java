package dev.paddock.host.packages;

/** What packages are needed for. */
public enum PackagePurpose {
    /** To talk to any libvirt. */
    CLIENT("to connect to libvirt"),
    /** To run a lab on this machine. */
    LAB("to run a lab"),
    /** To make the files of another release, and run a lab in them. */
    RELEASE("to run the libvirt of another release"),
    /** To compile what runs inside of guests. */
    GUEST_AGENT("to build the guest agent"),
    /** To make the disc of a first boot. */
    SEED("to make the disc that cloud-init reads"),
    /** To build the image debian. */
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
