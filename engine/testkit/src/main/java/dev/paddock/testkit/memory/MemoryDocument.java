package dev.paddock.testkit.memory;

import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.host.validate.SchemaVerdict;
import java.util.List;

/** Documents as libvirt takes them: well-formed, and checked by its schemas where these are installed. */
public final class MemoryDocument {
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas();

    private MemoryDocument() {}

    /**
     * Return the document to define.
     *
     * @param schema the file name of libvirt's schema, such as {@code network.rng}
     * @throws dev.paddock.api.host.HostException if libvirt would refuse the document
     */
    public static Element of(String schema, Action.Define define) {
        var document = parse(define.xml());
        if (define.validate()
                && SCHEMAS.check(schema, define.xml()) instanceof SchemaVerdict.Checked(List<String> problems)
                && !problems.isEmpty()) {
            throw LibvirtRefusal.SCHEMA.of(
                    0, "XML document failed to validate against schema: " + String.join(" ", problems));
        }
        return document;
    }

    static Element parse(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw LibvirtRefusal.MALFORMED.of(
                    0, malformed.getMessage() == null ? "not well-formed" : malformed.getMessage());
        }
    }
}
