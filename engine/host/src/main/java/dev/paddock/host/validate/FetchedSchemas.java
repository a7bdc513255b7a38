package dev.paddock.host.validate;

import dev.paddock.api.host.HostInfo.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schemas of another machine in the output of one program: a line for its library, and for each file a line with
 * its size and name, and the file.
 *
 * @param version of the library that is installed there
 * @param files by name
 */
record FetchedSchemas(Version version, Map<String, byte[]> files) {
    /** For a shell on any machine; the names of the library's folders are those of {@link LibvirtFiles}. */
    static final String SCRIPT = """
            cd /%s || exit 1
            for library in /usr/lib/libvirt.so.0.* /usr/lib64/libvirt.so.0.* /usr/local/lib/libvirt.so.0.* \
                    /usr/local/lib64/libvirt.so.0.* /usr/lib/*-linux-*/libvirt.so.0.*; do
                [ -e "$library" ] && basename "$library" && break
            done
            for file in *.rng; do
                echo "$(wc -c <"$file") $file" && cat "$file" || exit 1
            done
            """.formatted(LibvirtFiles.SCHEMAS);

    /** A file name from another machine must not contain a path. */
    private static final Pattern ENTRY = Pattern.compile("\\s*(\\d{1,8}) ([A-Za-z0-9_-]+\\.rng)");

    FetchedSchemas {
        files = Map.copyOf(files);
    }

    /** Parse the output of the script; absent if it is truncated or contains no version. */
    static Optional<FetchedSchemas> read(byte[] written) {
        var text = new Cursor(written);
        var version = LibvirtFiles.version(text.line());
        Map<String, byte[]> files = new LinkedHashMap<>();
        while (!text.isAtEnd()) {
            var entry = ENTRY.matcher(text.line());
            if (!entry.matches()) {
                return Optional.empty();
            }
            var content = text.bytes(Integer.parseInt(entry.group(1)));
            if (content.isEmpty()) {
                return Optional.empty();
            }
            files.put(entry.group(2), content.get());
        }
        return files.isEmpty() ? Optional.empty() : version.map(known -> new FetchedSchemas(known, files));
    }

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** A position in bytes, from which lines can be read as well. */
    private static final class Cursor {
        private final byte[] octets;
        private int place;

        Cursor(byte[] octets) {
            this.octets = octets;
        }

        boolean isAtEnd() {
            return place >= octets.length;
        }

        String line() {
            var line = new ByteArrayOutputStream();
            while (!isAtEnd() && octets[place] != '\n') {
                line.write(octets[place++]);
            }
            place++;
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        Optional<byte[]> bytes(int count) {
            if (octets.length - place < count) {
                return Optional.empty();
            }
            var bytes = Arrays.copyOfRange(octets, place, place + count);
            place += count;
            return Optional.of(bytes);
        }
    }
}
