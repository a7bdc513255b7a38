package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;

/** Documents of tests. */
public final class StorageDocumentFiles {
    private StorageDocumentFiles() {}

    public static Element of(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(xml, malformed);
        }
    }
}
