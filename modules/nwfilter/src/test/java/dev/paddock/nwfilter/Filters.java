package dev.paddock.nwfilter;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;

/** Filters for tests. */
public final class Filters {
    private Filters() {}

    public static Element read(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException invalid) {
            throw new IllegalArgumentException(xml, invalid);
        }
    }

    /** Return a filter of one rule that holds these elements. */
    public static Element withRule(String elements) {
        return read("<filter name='f'><rule action='accept' direction='in'>" + elements + "</rule></filter>");
    }

    public static Element with(String protocol, String attribute, String value) {
        var filter = withRule("<" + protocol + "/>");
        var rule = filter.children().getFirst();
        var said = rule.children().getFirst().withAttribute(attribute, value);
        return filter.withChild(rule.withChild(said));
    }
}
