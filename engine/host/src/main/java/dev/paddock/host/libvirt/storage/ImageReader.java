package dev.paddock.host.libvirt.storage;

import dev.paddock.api.host.Observed;
import dev.paddock.api.image.ImageDocument;
import dev.paddock.api.image.ImageManifest;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.connection.ReadConnection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the complete images of a host: those with a manifest. A read-only connection cannot read the manifest's
 * content.
 */
public final class ImageReader {
    private static final String START = ImageStore.POOL + "/";

    private ImageReader() {}

    /** Return images by their names on the host. */
    public static Map<String, Observed> read(ReadConnection connection, Optional<Set<String>> names) {
        var manifests = names.map(set ->
                set.stream().map(name -> START + ImageManifest.volume(name)).collect(Collectors.toSet()));
        Map<String, Observed> images = new TreeMap<>();
        VolumeReader.read(connection, manifests).forEach((volume, observed) -> {
            if (volume.startsWith(START) && ImageManifest.isVolume(volume)) {
                var name = ImageManifest.objectName(volume.substring(START.length()));
                images.put(name, observed instanceof Observed.Present present ? image(name, present) : observed);
            }
        });
        return images;
    }

    private static Observed image(String name, Observed.Present manifest) {
        var document = Element.of(ImageDocument.ROOT).plus(Element.of("name").withText(name));
        return new Observed.Present(manifest.uuid(), document, Optional.empty(), true, true, false);
    }
}
