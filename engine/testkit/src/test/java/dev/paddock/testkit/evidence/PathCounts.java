package dev.paddock.testkit.evidence;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Finds what the paths of a plan mean, with the platform's own XPath. */
final class PathCounts {
    private static final DocumentBuilderFactory PARSERS = parsers();
    private static final XPathFactory PATHS = XPathFactory.newInstance();

    private final Document document;

    private PathCounts(Document document) {
        this.document = document;
    }

    static PathCounts in(Element document) {
        try {
            return new PathCounts(
                    PARSERS.newDocumentBuilder().parse(new InputSource(new StringReader(XmlWriter.write(document)))));
        } catch (ParserConfigurationException | SAXException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Return the places that a path below the root leads to, in the form of {@link DocumentDifferences}. */
    List<String> at(String path) {
        try {
            var nodes = nodes(path);
            List<String> places = new ArrayList<>();
            for (var i = 0; i < nodes.getLength(); i++) {
                places.add(place(nodes.item(i)));
            }
            return places;
        } catch (XPathExpressionException malformed) {
            throw new IllegalStateException(path, malformed);
        }
    }

    /** Return the place that a path leads to and those of the elements beside it that are equal; none if it leads to many. */
    List<String> alike(String path) {
        try {
            var nodes = nodes(path);
            if (nodes.getLength() != 1) {
                return List.of();
            }
            var node = nodes.item(0);
            List<String> places = new ArrayList<>();
            for (var element : twins(node instanceof Attr attribute ? attribute.getOwnerElement() : node)) {
                places.add(node instanceof Attr ? place(element) + "@" + written(node) : place(element));
            }
            return places;
        } catch (XPathExpressionException malformed) {
            throw new IllegalStateException(path, malformed);
        }
    }

    private List<Node> twins(Node element) {
        if (element.isSameNode(document.getDocumentElement())) {
            return List.of(element);
        }
        List<Node> twins = new ArrayList<>();
        for (var other = element.getParentNode().getFirstChild(); other != null; other = other.getNextSibling()) {
            if (other.isEqualNode(element)) {
                twins.add(other);
            }
        }
        return twins;
    }

    private NodeList nodes(String path) throws XPathExpressionException {
        var paths = PATHS.newXPath();
        paths.setNamespaceContext(new Prefixes());
        return (NodeList) paths.evaluate(path, document.getDocumentElement(), XPathConstants.NODESET);
    }

    private String place(Node node) {
        if (node instanceof Attr attribute) {
            return place(attribute.getOwnerElement()) + "@" + written(node);
        }
        if (node.isSameNode(document.getDocumentElement())) {
            return "";
        }
        var position = 1;
        for (var other = node.getPreviousSibling(); other != null; other = other.getPreviousSibling()) {
            if (other.getNodeType() == Node.ELEMENT_NODE && written(other).equals(written(node))) {
                position++;
            }
        }
        return place(node.getParentNode()) + written(node) + "[" + position + "]/";
    }

    private static String written(Node node) {
        var space = node.getNamespaceURI();
        return space == null || space.isEmpty() ? node.getLocalName() : "{" + space + "}" + node.getLocalName();
    }

    private static DocumentBuilderFactory parsers() {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setIgnoringComments(true);
        return factory;
    }

    /** The prefixes that paths of networks use. */
    private static final class Prefixes implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            return prefix.equals("dnsmasq")
                    ? "http://libvirt.org/schemas/network/dnsmasq/1.0"
                    : XMLConstants.NULL_NS_URI;
        }

        @Override
        public @Nullable String getPrefix(String space) {
            return null;
        }

        @Override
        public Iterator<String> getPrefixes(String space) {
            return List.<String>of().iterator();
        }
    }
}
