package dev.paddock.api.xml;

import java.util.Map;
import java.util.TreeMap;

/** Writes elements as indented XML text, escaping all that has to be. */
public final class XmlWriting {
    private XmlWriting() {}

    /** Return the document, ending in a line break. */
    public static String write(Element element) {
        var out = new StringBuilder();
        write(element, "", "", out);
        return out.toString();
    }

    private static void write(Element element, String indent, String inheritedDefault, StringBuilder out) {
        out.append(indent).append('<').append(element.name());
        var declared = new TreeMap<String, String>();
        declare(element.name(), inheritedDefault, declared);
        for (var name : element.attributes().keySet()) {
            if (!name.space().isEmpty()) {
                declare(name, inheritedDefault, declared);
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
            var inner = declared.getOrDefault("", inheritedDefault);
            for (var child : element.children()) {
                write(child, indent + "  ", inner, out);
            }
            out.append(indent);
        }
        out.append("</").append(element.name()).append(">\n");
    }

    private static void declare(Name name, String inheritedDefault, Map<String, String> declared) {
        if (!name.prefix().isEmpty()) {
            if (!name.prefix().equals("xml")) {
                declared.put(name.prefix(), name.space());
            }
        } else if (!name.space().equals(inheritedDefault)) {
            declared.put("", name.space());
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
