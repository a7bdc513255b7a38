package dev.paddock.host.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Packages of a system, unpacked into a folder. Debian 12's packages hold {@code /bin} and {@code /lib}, those of later
 * releases hold them below {@code /usr}, and the links that make them one belong to a package that is not unpacked.
 */
record UnpackedSystem(Path folder) {
    private static final String KERNEL = "vmlinuz";

    /** Return where a file or folder is, which packages may hold below {@code usr} as well. */
    Path file(String name) throws ImageException {
        return find(name).orElseThrow(() -> missing("/" + name));
    }

    /** Return the modules of the kernel: the folder that is named after its release. */
    Path modules() throws ImageException, IOException {
        try (Stream<Path> releases = Files.list(file("lib/modules"))) {
            return releases.findFirst().orElseThrow(() -> missing("a kernel's modules"));
        }
    }

    /** Return the kernel, which packages hold in {@code /boot} or, from Debian 14 on, beside its modules. */
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
