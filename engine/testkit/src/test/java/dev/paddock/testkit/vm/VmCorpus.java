package dev.paddock.testkit.vm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Guests that other projects test with, where they are at hand. */
final class VmCorpus {
    private static final Path FOLDER = Path.of(System.getProperty("paddock.corpus", "../../../shared/corpus"))
            .resolve("domain");
    private static final String END = "</domain>";

    private VmCorpus() {}

    /** Return the documents by where they come from, renamed and without a UUID, or skip the test without any. */
    static Map<String, Element> documents(Kind kind, String name) {
        assumeTrue(
                Files.isDirectory(FOLDER),
                () -> "There is no folder " + FOLDER + " of documents; name its parent with -Dpaddock.corpus=FOLDER.");
        Map<String, Element> documents = new TreeMap<>();
        var emulator = Emulator.ofLab();
        try (var files = Files.walk(FOLDER)) {
            for (var file : files.filter(path -> path.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                var parts = split(Files.readString(file));
                for (var i = 0; i < parts.size(); i++) {
                    documents.put(
                            FOLDER.relativize(file) + (parts.size() > 1 ? "#" + i : ""),
                            emulator.fitting(hosted(
                                    kind.named(XmlReader.read(parts.get(i)).withoutChildren("uuid"), name))));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (XmlException malformed) {
            throw new IllegalStateException(malformed);
        }
        return documents;
    }

    /** A file may hold several documents, one after the other. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        for (var part : text.split(END, -1)) {
            if (part.contains("<domain")) {
                parts.add(part.substring(part.indexOf("<domain")) + END);
            }
        }
        return parts;
    }

    /** Return the document for a host without KVM, with the emulator that is there. */
    private static Element hosted(Element document) {
        return document.withAttribute("type", "qemu")
                .withChildren(document.children().stream()
                        .map(child -> child.is("devices")
                                ? child.withChildren(child.children().stream()
                                        .map(device -> device.is("emulator") && !Files.exists(Path.of(device.text()))
                                                ? device.withText("/usr/bin/qemu-system-x86_64")
                                                : device)
                                        .toList())
                                : child)
                        .toList());
    }
}
