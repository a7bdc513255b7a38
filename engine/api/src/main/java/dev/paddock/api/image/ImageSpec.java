package dev.paddock.api.image;

import dev.paddock.api.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image: its name and its source. Images with the same digest are the same image.
 *
 * @param name as used in playbooks; part of file names
 * @param format of its disk: {@code qcow2} or {@code raw}; unused if the image has no disk
 */
public record ImageSpec(String name, ImageSource source, String format) {
    /** The pattern of names. */
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /** The allowed formats. */
    public static final List<String> FORMATS = List.of("qcow2", "raw");

    private static final int SHORT_DIGEST = 12;

    /** Part of the digests of seeds. Increase it when the same source yields a different disc. */
    private static final String SEED_VERSION = "seed 1";

    public ImageSpec {
        if (!name.matches(NAME) || !FORMATS.contains(format)) {
            throw new IllegalArgumentException("[" + name + ", " + format + "] is no image.");
        }
    }

    /** Return the SHA-256, in hexadecimal digits, of everything that determines the image. */
    public String digest() {
        return switch (source) {
            case ImageSource.Local local -> local.sha256();
            case ImageSource.Download download -> download.sha256();
            case ImageSource.Build build ->
                sha256(Stream.of(
                        "build",
                        build.recipe(),
                        Integer.toString(build.revision()),
                        recipe(build).version()));
            case ImageSource.Seed seed ->
                sha256(Stream.concat(
                        Stream.of(SEED_VERSION),
                        seed.files().entrySet().stream().flatMap(ImageSpec::parts)));
        };
    }

    private static Stream<String> parts(Map.Entry<String, String> file) {
        return Stream.of(file.getKey(), file.getValue());
    }

    /** Return the name that hosts use: the image's name and the start of its digest. */
    public String objectName() {
        return name + "-" + digest().substring(0, SHORT_DIGEST);
    }

    public List<ImageFile> files() {
        var object = objectName();
        return switch (source) {
            case ImageSource.Build build ->
                switch (recipe(build)) {
                    case TINY ->
                        List.of(
                                new ImageFile(ImageFileRole.KERNEL, object + ".vmlinuz", "raw"),
                                new ImageFile(ImageFileRole.INITRD, object + ".initrd", "raw"));
                    case DEBIAN -> List.of(disk(object));
                };
            case ImageSource.Local local -> List.of(disk(object));
            case ImageSource.Download download -> List.of(disk(object));
            case ImageSource.Seed seed -> List.of(new ImageFile(ImageFileRole.CDROM, object + ".iso", "raw"));
        };
    }

    /** Return all file names that an image may have on a host, by its name on the host. */
    public static List<String> fileNames(String objectName) {
        return Stream.concat(Stream.of("vmlinuz", "initrd", "iso"), FORMATS.stream())
                .map(ending -> objectName + "." + ending)
                .toList();
    }

    private ImageFile disk(String object) {
        return new ImageFile(ImageFileRole.DISK, object + "." + format, format);
    }

    /** Return the kernel command line, if the hypervisor boots the kernel directly. */
    public Optional<String> cmdline() {
        return source instanceof ImageSource.Build build && recipe(build) == ImageRecipe.TINY
                ? Optional.of("console=ttyS0 quiet")
                : Optional.empty();
    }

    private static ImageRecipe recipe(ImageSource.Build build) {
        return ImageRecipe.of(build.recipe()).orElseThrow();
    }

    /** Hash texts together with their lengths, so that their boundaries count. */
    private static String sha256(Stream<String> parts) {
        var sha256 = Sha256.begin();
        parts.map(part -> part.getBytes(StandardCharsets.UTF_8)).forEach(bytes -> {
            sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha256.update(bytes);
        });
        return HexFormat.of().formatHex(sha256.digest());
    }
}
