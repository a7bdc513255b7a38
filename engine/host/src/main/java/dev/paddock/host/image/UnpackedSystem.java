package dev.paddock.host.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Packages unpacked into a folder. Packages of Debian 12 contain {@code /bin} and {@code /lib}; later releases have
 * them below {@code /usr}, and the links that merge both are in a package that is not unpacked.
 */
record UnpackedSystem(Path folder) {
    private static final String KERNEL = "vmlinuz";

    /** Return the path of a file or folder, which packages may have below {@code usr} as well. */
    Path file(String name) throws ImageException {
        return find(name).orElseThrow(() -> missing("/" + name));
    }

    /** Return the kernel's module folder, which is named after its release. */
    Path modules() throws ImageException, IOException {
        try (Stream<Path> releases = Files.list(file("lib/modules"))) {
            return releases.findFirst().orElseThrow(() -> missing("a kernel's modules"));
        }
    }

    /** Return the kernel, which packages have in {@code /boot} or, since Debian 14, beside its modules. */
    Path kernel() throws ImageException, IOException {
        var release = modules();
        return Stream.of(folder.resolve("boot").resolve(KERNEL + "-" + release.getFileName()), release.resolve(KERNEL))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing("a kernel"));
    }

    private Optional<Path> find(String name) {
        return List.of(folder, folder.resolve("usr")).stream()
                .map(root -> root.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    private static ImageException missing(String what) {
        return ImageException.notBuilt(
                "Debian's packages do not hold %s where it is looked for.".formatted(what),
                "Report this as a bug in paddock.");
    }
}
