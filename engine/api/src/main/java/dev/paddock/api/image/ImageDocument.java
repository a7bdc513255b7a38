package dev.paddock.api.image;

import dev.paddock.api.xml.Element;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The document of a declared image. The format is Paddock's own: libvirt has no images. */
public final class ImageDocument {
    public static final String ROOT = "image";

    private ImageDocument() {}

    /** Return the image that a document describes. For a file, the document must contain its checksum. */
    public static ImageSpec image(Element document) {
        var source = document.children().stream()
                .filter(child -> !child.is("name") && !child.is("format"))
                .findFirst()
                .orElseThrow(ImageDocument::incomplete);
        return new ImageSpec(
                document.childText("name").orElseThrow(ImageDocument::incomplete),
                switch (source.name().local()) {
                    case "build" ->
                        new ImageSource.Build(of(source, "recipe"), Integer.parseInt(of(source, "revision")));
                    case "local" -> new ImageSource.Local(Path.of(of(source, "path")), of(source, "sha256"));
                    case "download" -> new ImageSource.Download(URI.create(of(source, "url")), of(source, "sha256"));
                    case "seed" -> seed(source);
                    default -> throw incomplete();
                },
                document.childText("format").orElseThrow(ImageDocument::incomplete));
    }

    /** Return a text as documents store it: XML does not preserve every character. */
    public static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageSource seed(Element source) {
        Map<String, String> files = new LinkedHashMap<>();
        source.children("file")
                .forEach(file -> files.put(
                        of(file, "name"),
                        new String(Base64.getDecoder().decode(file.text().strip()), StandardCharsets.UTF_8)));
        return new ImageSource.Seed(files);
    }

    private static String of(Element source, String attribute) {
        return source.attribute(attribute).orElseThrow(ImageDocument::incomplete);
    }

    private static IllegalArgumentException incomplete() {
        return new IllegalArgumentException("The document of an image does not say all. This is a bug in this tool.");
    }
}
