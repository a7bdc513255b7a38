package dev.paddock.api.image;

import dev.paddock.api.xml.Element;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The manifest that a host keeps beside the files of an image. It is written last, and so marks the image as complete.
 */
public final class ImageManifest {
    private static final String SUFFIX = ".manifest";
    private static final String UNFINISHED = ".unfinished";

    private ImageManifest() {}

    /** Return the name of its volume. */
    public static String volume(String objectName) {
        return objectName + SUFFIX;
    }

    /**
     * Return the name of the volume that exists while an image is being written or deleted. It is needed because the
     * pool also holds the disks of VMs, so a file without a manifest may belong to anybody.
     */
    public static String unfinished(String objectName) {
        return objectName + UNFINISHED;
    }

    /** Return the name of the image that a volume marks, complete or not. */
    public static Optional<String> marked(String volume) {
        return Stream.of(SUFFIX, UNFINISHED)
                .filter(volume::endsWith)
                .map(suffix -> volume.substring(0, volume.length() - suffix.length()))
                .findFirst();
    }

    /** Return whether a volume is a manifest, by its name. */
    public static boolean isVolume(String volume) {
        return volume.endsWith(SUFFIX);
    }

    /** Return the name of the image that a manifest belongs to. */
    public static String objectName(String volume) {
        return volume.substring(0, volume.length() - SUFFIX.length());
    }

    /**
     * Return the content, which is for people and other programs. Paddock itself only checks that the manifest exists.
     */
    public static Element document(ImageSpec image, Instant made) {
        var document = Element.of("image")
                .plus(text("name", image.name()))
                .plus(text("digest", image.digest()))
                .plus(source(image.source()))
                .plus(text("made", made.truncatedTo(ChronoUnit.SECONDS).toString()));
        for (var file : image.files()) {
            document = document.plus(Element.of("file")
                    .withAttribute("name", file.name())
                    .withAttribute("role", file.role().word())
                    .withAttribute("format", file.format()));
        }
        return document;
    }

    private static Element source(ImageSource source) {
        return switch (source) {
            case ImageSource.Build build ->
                Element.of("build")
                        .withAttribute("recipe", build.recipe())
                        .withAttribute("revision", Integer.toString(build.revision()));
            case ImageSource.Local local -> text("path", local.file().toString());
            case ImageSource.Download download -> text("url", download.shownUrl());
            case ImageSource.Seed seed -> Element.of("seed");
        };
    }

    private static Element text(String name, String text) {
        return Element.of(name).withText(text);
    }
}
