package dev.paddock.api.image;

/** Where every host keeps its images: one storage pool, shared by all projects, as images are told apart by content. */
public final class ImageStore {
    public static final String POOL = "paddock";
    public static final String FOLDER = "/var/lib/libvirt/images/paddock";
    public static final String UUID = "f6b0be53-688a-57c3-9bb9-23b9b5b2d2a6";

    private ImageStore() {}

    /** Return where a file of an image is on the host. */
    public static String path(ImageFile file) {
        return FOLDER + "/" + file.name();
    }
}
