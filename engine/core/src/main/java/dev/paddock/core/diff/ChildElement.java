package dev.paddock.core.diff;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A child element with its position.
 *
 * @param index its position among all children, from 0
 * @param position its position among the children of its name, from 1, as in XPath
 */
record ChildElement(RulePath path, Element element, int index, int position) {
    static List<ChildElement> of(RulePath path, Element parent) {
        if (parent.children().isEmpty()) {
            return List.of();
        }
        Map<XmlName, Integer> counts = new HashMap<>();
        List<ChildElement> children = new ArrayList<>(parent.children().size());
        for (var element : parent.children()) {
            var name = element.name();
            children.add(new ChildElement(
                    path.element(name), element, children.size(), counts.merge(name, 1, Integer::sum)));
        }
        return children;
    }

    XmlName name() {
        return element.name();
    }
}
