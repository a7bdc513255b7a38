package dev.paddock.api.image;

/**
 * The storage pool in which a host keeps its images. All projects share it, because images are identified by content.
 */
public final class ImageStore {
    public static final String POOL = "paddock";
    public static final String FOLDER = "/var/lib/libvirt/images/paddock";
    public static final String UUID = "f6b0be53-688a-57c3-9bb9-23b9b5b2d2a6";

    private ImageStore() {}

    /** Return the path of an image's file on the host. */
    public static String path(ImageFile file) {
        return FOLDER + "/" + file.name();
    }
}
