package dev.paddock.api.xml;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/** Reads XML text into elements. Refuses document types, and so all entities. */
public final class XmlReader {
    private static final int DEEPEST = 60;
    private static final XMLInputFactory FACTORY = factory();

    private XmlReader() {}

    /** Read one document. */
    public static Element read(String xml) throws XmlException {
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(xml.strip()));
            while (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw at(reader, "A document type declaration is not allowed here.");
                }
                reader.next();
            }
            var root = element(reader, 0);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException failure) {
            var location = failure.getLocation();
            throw new XmlException(
                    location == null ? 1 : location.getLineNumber(),
                    location == null ? 1 : location.getColumnNumber(),
                    reason(failure));
        }
    }

    private static Element element(XMLStreamReader reader, int depth) throws XMLStreamException, XmlException {
        if (depth > DEEPEST) {
            throw at(reader, "Elements are nested more than " + DEEPEST + " deep.");
        }
        var name = name(reader.getNamespaceURI(), reader.getLocalName(), reader.getPrefix());
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(
                    name(
                            reader.getAttributeNamespace(i),
                            reader.getAttributeLocalName(i),
                            reader.getAttributePrefix(i)),
                    reader.getAttributeValue(i));
        }
        List<Element> children = new ArrayList<>();
        var text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw at(reader, "Entities are not allowed here.");
                case XMLStreamConstants.END_ELEMENT -> {
                    var content = children.isEmpty() && !text.toString().isBlank()
                            ? text.toString()
                            : text.toString().strip();
                    return new Element(name, attributes, children, content);
                }
                default -> {}
            }
        }
        throw at(reader, "The document ends inside <" + name + ">.");
    }

    private static XmlName name(String space, String local, String prefix) {
        return new XmlName(space == null ? "" : space, local, prefix == null ? "" : prefix);
    }

    private static XmlException at(XMLStreamReader reader, String message) {
        var location = reader.getLocation();
        return new XmlException(location.getLineNumber(), location.getColumnNumber(), message);
    }

    /** Return the reason without the position that the parser appends, which is reported separately. */
    private static String reason(XMLStreamException failure) {
        var message = String.valueOf(failure.getMessage());
        var end = message.indexOf("\n at [");
        return (end < 0 ? message : message.substring(0, end)) + ".";
    }

    private static XMLInputFactory factory() {
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // With lazy parsing, an unterminated text would only fail later, when it is read.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }
}
