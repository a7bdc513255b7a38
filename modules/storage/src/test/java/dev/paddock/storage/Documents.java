package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;

/** Documents of tests. */
final class Documents {
    private Documents() {}

    static Element of(String xml) {
        try {
            return XmlReading.read(xml);
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(xml, malformed);
        }
    }
}
