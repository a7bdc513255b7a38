package dev.paddock.network;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Networks to test with, each of which has something that the others have not. */
public final class NetworkDocumentFiles {
    private static final Path FOLDER = Path.of("src/test/resources/networks");

    private NetworkDocumentFiles() {}

    public static List<Path> all() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    public static Element read(Path file) throws IOException, XmlException {
        return XmlReader.read(Files.readString(file));
    }

    /** Return a network of this content. */
    public static Element network(String content) {
        try {
            return XmlReader.read("<network><name>n</name>" + content + "</network>");
        } catch (XmlException malformed) {
            throw new AssertionError(content, malformed);
        }
    }
}
