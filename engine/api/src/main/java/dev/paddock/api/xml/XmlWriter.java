package dev.paddock.api.xml;

import java.util.Map;
import java.util.TreeMap;

/** Writes elements as indented, escaped XML text. */
public final class XmlWriter {
    private XmlWriter() {}

    /** Return the document, ending in a line break. */
    public static String write(Element element) {
        var out = new StringBuilder();
        write(element, "", Map.of(), out);
        return out.toString();
    }

    /** @param known the namespace of each prefix declared by the enclosing elements; the empty prefix is the default */
    private static void write(Element element, String indent, Map<String, String> known, StringBuilder out) {
        out.append(indent).append('<').append(element.name());
        var declared = new TreeMap<String, String>();
        declare(element.name(), known, declared);
        for (var name : element.attributes().keySet()) {
            if (!name.space().isEmpty()) {
                declare(name, known, declared);
            }
        }
        declared.forEach((prefix, space) -> {
            out.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix).append("='");
            escape(space, out);
            out.append('\'');
        });
        element.attributes().forEach((name, value) -> {
            out.append(' ').append(name).append("='");
            escape(value, out);
            out.append('\'');
        });
        if (element.children().isEmpty() && element.text().isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append('>');
        escape(element.text(), out);
        if (!element.children().isEmpty()) {
            out.append('\n');
            var inner = new TreeMap<>(known);
            inner.putAll(declared);
            for (var child : element.children()) {
                write(child, indent + "  ", inner, out);
            }
            out.append(indent);
        }
        out.append("</").append(element.name()).append(">\n");
    }

    private static void declare(XmlName name, Map<String, String> known, Map<String, String> declared) {
        var isKnown = name.space().equals(known.getOrDefault(name.prefix(), ""));
        if (!isKnown && !name.prefix().equals("xml")) {
            declared.put(name.prefix(), name.space());
        }
    }

    private static void escape(String text, StringBuilder out) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                case '\n', '\r', '\t' -> out.append("&#").append((int) c).append(';');
                default -> out.append(c);
            }
        }
    }
}
