package dev.paddock.image;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.optional;

import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Types;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The fields of an image in a playbook. */
final class ImageSchema {
    static final ScalarType NAME = Types.pattern("a name of an image", ImageSpec.NAME, "debian-12");

    private static final ScalarType RECIPE =
            Types.oneOf("a build", ImageRecipe.words().toArray(String[]::new));

    private static final ScalarType SHA256 = Types.refined(
            Types.pattern(
                    "a SHA-256", "[0-9a-fA-F]{64}", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"),
            "a SHA-256, of 64 hexadecimal digits",
            text -> new Reading.Good(text.toLowerCase(Locale.ROOT)));

    private static final ScalarType URL = Types.refined(
            Types.pattern("a URL", "https?://[^/\\s]+/\\S+", "https://example.org/debian-12.qcow2"),
            "a URL",
            ImageSchema::url);

    static final Fields FIELDS = fields(
            "build",
                    optional(
                            RECIPE,
                            "Build it on this computer: tiny is a kernel and busybox, for tests and trying; debian is a"
                                    + " Debian with cloud-init and guest agents."),
            "revision",
                    optional(
                            Types.integer("a revision", 1, 1_000_000),
                            "Of a build; 1 by default. A higher number rebuilds it, from today's packages."),
            "url", optional(URL, "Download it; what is compressed by gzip, xz or zstd is unpacked."),
            "sha256", optional(SHA256, "The checksum of the file at the URL, as its publisher lists it."),
            "path", optional(Types.TEXT, "A file of this computer, relative to the playbook."),
            "format",
                    optional(
                            Types.oneOf("a format", ImageSpec.FORMATS.toArray(String[]::new)),
                            "The format of a downloaded or local disk; qcow2 by default."));

    private ImageSchema() {}

    private static Reading url(String text) {
        try {
            var url = new URI(text);
            return url.getHost() == null ? new Reading.Bad("'" + text + "' names no host.") : new Reading.Good(text);
        } catch (URISyntaxException malformed) {
            return new Reading.Bad("'" + text + "' is no URL: " + malformed.getReason() + ".");
        }
    }
}
