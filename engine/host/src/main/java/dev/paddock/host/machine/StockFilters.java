package dev.paddock.host.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The filters packaged with libvirt, such as clean-traffic, as files on this machine. */
public final class StockFilters {
    /** Where Debian installs them. libvirtd copies them to /etc/libvirt/nwfilter and adds UUIDs there. */
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/share/libvirt/nwfilter"), Path.of("/etc/libvirt/nwfilter"));

    private StockFilters() {}

    /** Return their documents; empty if libvirt is not installed, or the files are not readable. */
    public static List<String> read() {
        for (var folder : FOLDERS) {
            if (Files.isReadable(folder)) {
                return read(folder);
            }
        }
        return List.of();
    }

    private static List<String> read(Path folder) {
        List<String> documents = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.xml")) {
            for (var file : files) {
                if (Files.isReadable(file)) {
                    documents.add(Files.readString(file));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return documents;
    }
}
