package dev.paddock.api.image;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Where an image comes from. Checksums are SHA-256 in 64 lower-case hexadecimal digits. */
public sealed interface ImageSource {
    /**
     * An image built on this computer.
     *
     * @param recipe the word of a {@link ImageRecipe}
     * @param revision increased by the user to rebuild the image from current packages
     */
    record Build(String recipe, int revision) implements ImageSource {
        public Build {
            if (ImageRecipe.of(recipe).isEmpty() || revision < 1) {
                throw new IllegalArgumentException("[" + recipe + ", " + revision + "] is no build.");
            }
        }
    }

    /** A file on this computer. */
    record Local(Path file, String sha256) implements ImageSource {
        public Local {
            check(sha256);
        }
    }

    /**
     * A file on a server.
     *
     * @param sha256 of the file on the server, which may be compressed
     */
    record Download(URI url, String sha256) implements ImageSource {
        public Download {
            check(sha256);
        }

        /** Return the URL without its query, which may contain a token, and without user and password. */
        public String shownUrl() {
            return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                    + url.getRawPath();
        }
    }

    /**
     * A disc with files that a guest reads at its first boot (cloud-init's NoCloud).
     *
     * @param files the texts by name, such as {@code user-data}; they may contain secrets
     */
    record Seed(Map<String, String> files) implements ImageSource {
        public Seed {
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }

        /** Return only the names, because the texts may be secret. */
        @Override
        public String toString() {
            return "Seed" + files.keySet();
        }
    }

    /** Return where the image comes from, for display, without secrets. */
    default String phrase() {
        return switch (this) {
            case Build build -> "build: " + build.recipe() + ", revision " + build.revision();
            case Local local -> "file: " + local.file();
            case Download download -> "download: " + download.shownUrl();
            case Seed seed -> "first boot: " + String.join(", ", seed.files().keySet());
        };
    }

    private static void check(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("[" + sha256 + "] is no checksum.");
        }
    }
}
