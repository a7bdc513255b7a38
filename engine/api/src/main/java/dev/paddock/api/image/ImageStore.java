package dev.paddock.api.image;

/** Where every host keeps its images: one storage pool, shared by all projects, as images are told apart by content. */
public final class ImageStore {
    public static final String POOL = "paddock";
    public static final String FOLDER = "/var/lib/libvirt/images/paddock";
    public static final String UUID = "957870ba-254f-59b7-84b0-7af3957b92db";

    private ImageStore() {}

    /** Return where a file of an image is on the host. */
    public static String path(ImageFile file) {
        return FOLDER + "/" + file.name();
    }
}
