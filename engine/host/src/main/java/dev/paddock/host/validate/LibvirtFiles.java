package dev.paddock.host.validate;

import dev.paddock.api.host.HostInfo.Version;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of the libvirt that is installed below a root.
 *
 * @param root of this machine, of a lab, or of any other place that this program sees
 */
record LibvirtFiles(Path root) {
    /** Where every package of libvirt has its schemas, relative to its root. */
    static final String SCHEMAS = "usr/share/libvirt/schemas";

    /** The library is named after its version: libvirt.so.0.11003.0 is 11.3.0 (libvirt's meson.build). */
    private static final Pattern LIBRARY = Pattern.compile("libvirt\\.so\\.0\\.(\\d+)\\.(\\d+)");

    private static final long MINORS = 1_000;
    private static final List<String> FOLDERS = List.of("usr/lib", "usr/lib64", "usr/local/lib", "usr/local/lib64");

    Path schemas() {
        return root.resolve(SCHEMAS);
    }

    /** Return the version, if the library is installed. */
    Optional<Version> version() {
        return folders().stream().flatMap(folder -> version(folder).stream()).findFirst();
    }

    /** Return the version in the name of a file, if it is libvirt's library. */
    static Optional<Version> version(String fileName) {
        var match = LIBRARY.matcher(fileName);
        return match.matches()
                ? Optional.of(Version.of(Long.parseLong(match.group(1)) * MINORS + Long.parseLong(match.group(2))))
                : Optional.empty();
    }

    private static Optional<Version> version(Path folder) {
        return entries(folder, "libvirt.so.0.*").stream()
                .flatMap(file -> version(String.valueOf(file.getFileName())).stream())
                .findFirst();
    }

    /** The library folders: on Debian, those of every architecture are in usr/lib. */
    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        FOLDERS.stream().map(root::resolve).forEach(folders::add);
        folders.addAll(entries(root.resolve("usr/lib"), "*-linux-*"));
        return folders;
    }

    private static List<Path> entries(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var entries = Files.newDirectoryStream(folder, glob)) {
                entries.forEach(found::add);
            } catch (IOException | DirectoryIteratorException unreadable) {
                return List.of();
            }
        }
        return found;
    }
}
