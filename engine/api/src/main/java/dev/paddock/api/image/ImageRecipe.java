package dev.paddock.api.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A recipe for an image that Paddock builds. */
public enum ImageRecipe {
    /** Debian's kernel, busybox and the guest agent in an initramfs, booted directly: for tests and experiments. */
    TINY("7"),
    /** A bootable Debian with cloud-init and guest agents. */
    DEBIAN("7");

    private final String version;

    ImageRecipe(String version) {
        this.version = version;
    }

    /** Return the version of the recipe. A new version makes a new image even if the packages are the same. */
    public String version() {
        return version;
    }

    /** Return the word used in playbooks. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ImageRecipe> of(String word) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ImageRecipe::word).toList();
    }
}
