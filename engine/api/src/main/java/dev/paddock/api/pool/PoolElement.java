package dev.paddock.api.pool;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Elements of pools in the metadata of domains. */
final class PoolElement {
    private static final String PREFIX = "pool";

    private PoolElement() {}

    static Element of(String local, Map<String, String> attributes) {
        Map<XmlName, String> named = new LinkedHashMap<>();
        attributes.forEach((name, value) -> named.put(XmlName.of(name), value));
        return new Element(new XmlName(PoolSpec.SPACE, local, PREFIX), named, List.of(), "");
    }
}
