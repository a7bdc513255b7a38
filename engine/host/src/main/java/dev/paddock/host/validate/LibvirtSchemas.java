package dev.paddock.host.validate;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The RELAX NG schemas that come with libvirt, checked by libxml2: the same check as by libvirt's VALIDATE flags,
 * available wherever libvirt's client library is. Thread-safe.
 */
public final class LibvirtSchemas {
    /** Where libvirt0 installs its schemas. */
    public static final Path INSTALLED = Path.of("/usr/share/libvirt/schemas");

    /** Enough to see what is wrong: one error often causes a dozen. */
    private static final int MOST_PROBLEMS = 20;

    /** Kept forever: libxml2 stores the address, which Java does not know. */
    private static final LibxmlCalls.StructuredError SILENT = (data, error) -> {};

    private final Path folder;
    private final Map<String, Pointer> parsed = new HashMap<>();

    public LibvirtSchemas() {
        this(INSTALLED);
    }

    public LibvirtSchemas(Path folder) {
        this.folder = folder;
    }

    /** Return the version of the libvirt whose schemas are on this machine; absent if there is none. */
    public static Optional<Version> installedVersion() {
        return new LibvirtFiles(Path.of("/")).version();
    }

    /**
     * Check a document.
     *
     * @param schemaFile a file in the schema folder: {@code network.rng}
     */
    public synchronized SchemaVerdict check(String schemaFile, String xml) {
        var file = folder.resolve(schemaFile);
        if (!Files.isReadable(file)) {
            return new SchemaVerdict.NotChecked(
                    "libvirt's schema " + file + " is not there; it comes with libvirt's client library.");
        }
        if (!Libxml.isThere()) {
            return new SchemaVerdict.NotChecked("The library " + Libxml.NAME + " cannot be loaded.");
        }
        var schema = schema(file);
        if (schema.isEmpty()) {
            return new SchemaVerdict.NotChecked("libvirt's schema " + file + " cannot be read.");
        }
        return new SchemaVerdict.Checked(
                explained(schema.get(), FilterSlices.of(xml).orElse(xml)));
    }

    private static List<String> explained(Pointer schema, String xml) {
        var problems = problems(schema, xml);
        if (problems.isEmpty()) {
            return problems;
        }
        try {
            var culprits = SchemaErrorLocator.of(XmlReader.read(xml), part -> problems(schema, XmlWriter.write(part))
                    .isEmpty());
            return culprits.isEmpty() ? problems : culprits;
        } catch (XmlException malformed) {
            return problems;
        }
    }

    private Optional<Pointer> schema(Path file) {
        return Optional.ofNullable(parsed.computeIfAbsent(file.toString(), LibvirtSchemas::parse));
    }

    private static @Nullable Pointer parse(String file) {
        var context = LibxmlCalls.xmlRelaxNGNewParserCtxt(file);
        if (context == null) {
            return null;
        }
        try {
            LibxmlCalls.xmlRelaxNGSetParserStructuredErrors(context, SILENT, null);
            return LibxmlCalls.xmlRelaxNGParse(context);
        } finally {
            LibxmlCalls.xmlRelaxNGFreeParserCtxt(context);
        }
    }

    private static List<String> problems(Pointer schema, String xml) {
        Set<String> problems = new LinkedHashSet<>();
        LibxmlCalls.StructuredError collect = (data, error) -> problems.add(LibxmlError.sentence(error));
        var parser = LibxmlCalls.xmlNewParserCtxt();
        var bytes = xml.getBytes(StandardCharsets.UTF_8);
        var document = LibxmlCalls.xmlCtxtReadMemory(
                parser, bytes, bytes.length, null, "UTF-8", LibxmlCalls.NO_NETWORK | LibxmlCalls.SILENT);
        try {
            if (document == null) {
                return List.of(LibxmlError.sentence(LibxmlCalls.xmlCtxtGetLastError(parser)));
            }
            var context = LibxmlCalls.xmlRelaxNGNewValidCtxt(schema);
            try {
                LibxmlCalls.xmlRelaxNGSetValidStructuredErrors(context, collect, null);
                var result = LibxmlCalls.xmlRelaxNGValidateDoc(context, document);
                if (result != 0 && problems.isEmpty()) {
                    return List.of("The document does not match libvirt's schema.");
                }
                return problems.stream().limit(MOST_PROBLEMS).toList();
            } finally {
                LibxmlCalls.xmlRelaxNGFreeValidCtxt(context);
                // libxml2 only has its address, which does not keep it from being garbage-collected during the check.
                Reference.reachabilityFence(collect);
            }
        } finally {
            if (document != null) {
                LibxmlCalls.xmlFreeDoc(document);
            }
            LibxmlCalls.xmlFreeParserCtxt(parser);
        }
    }
}
