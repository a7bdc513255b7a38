package dev.paddock.testkit.evidence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Documents that other projects test with, where they are at hand. */
final class Corpus {
    private static final Path FOLDER = Path.of(System.getProperty("paddock.corpus", "../../../shared/corpus"));
    private static final Set<String> OWN_BRIDGE = Set.of("none", "nat", "route", "open");

    private Corpus() {}

    /** A document under a name of its own. */
    record Named(String file, Element document) {}

    /** Return the documents of a kind by file, renamed, or skip the test where there are none. */
    static List<Named> of(Kind kind, String name) {
        var folder = FOLDER.resolve(kind.name());
        assumeTrue(
                Files.isDirectory(folder),
                () -> "There is no folder " + folder + " of documents; name its parent with -Dpaddock.corpus=FOLDER.");
        return files(folder).stream()
                .map(file -> new Named(
                        folder.relativize(file).toString().replace(".xml", ""), renamed(kind, read(file), name)))
                .toList();
    }

    /** Return the names of the filters that its filters refer to; none where there is no corpus. */
    static Set<String> references() {
        var folder = FOLDER.resolve("nwfilter");
        return Files.isDirectory(folder)
                ? files(folder).stream()
                        .flatMap(file -> read(file).children("filterref").stream())
                        .flatMap(reference -> reference.attribute("filter").stream())
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A bridge that the network makes gets a free name; one of the host's is only looked for when it starts. */
    private static Element renamed(Kind kind, Element document, String name) {
        var named = kind.named(document, name);
        var mode =
                named.child("forward").map(forward -> forward.attribute("mode").orElse("nat"));
        return named.child("bridge")
                .filter(bridge -> bridge.attribute("name").isPresent())
                .filter(bridge -> OWN_BRIDGE.contains(mode.orElse("none")))
                .map(bridge -> named.withChild(bridge.withAttribute("name", "br-" + name)))
                .orElse(named);
    }

    private static Element read(Path file) {
        try {
            return XmlReader.read(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (XmlException malformed) {
            throw new IllegalStateException(file.toString(), malformed);
        }
    }
}
