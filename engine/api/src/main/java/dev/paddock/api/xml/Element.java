package dev.paddock.api.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An XML element, immutable.
 *
 * <p>Comments, processing instructions, and white space between elements are dropped, as libvirt drops them too.
 *
 * @param attributes in document order
 * @param children elements in document order
 * @param text the text content, trimmed if there are child elements; empty for none
 */
public record Element(XmlName name, Map<XmlName, String> attributes, List<Element> children, String text) {
    public Element {
        attributes = Attributes.copy(attributes);
        children = List.copyOf(children);
    }

    public static Element of(String name) {
        return new Element(XmlName.of(name), Map.of(), List.of(), "");
    }

    /** Return whether this is an element with that name and no namespace. */
    public boolean is(String local) {
        return name.space().isEmpty() && name.local().equals(local);
    }

    public Optional<String> attribute(String local) {
        return Optional.ofNullable(attributes.get(XmlName.of(local)));
    }

    /** Return the first child with that name. */
    public Optional<Element> child(String local) {
        for (var child : children) {
            if (child.is(local)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    public List<Element> children(String local) {
        return children.stream().filter(child -> child.is(local)).toList();
    }

    /** Return the text of the first child with that name. */
    public Optional<String> childText(String local) {
        return child(local).map(child -> child.text().strip());
    }

    public Element withName(XmlName newName) {
        return new Element(newName, attributes, children, text);
    }

    /** Return this element with the attribute set: in its place if it exists, else last. */
    public Element withAttribute(String local, String value) {
        var changed = new LinkedHashMap<>(attributes);
        changed.put(XmlName.of(local), value);
        return new Element(name, changed, children, text);
    }

    public Element withoutAttribute(String local) {
        var changed = new LinkedHashMap<>(attributes);
        changed.remove(XmlName.of(local));
        return new Element(name, changed, children, text);
    }

    public Element withAttributes(Map<XmlName, String> newAttributes) {
        return new Element(name, newAttributes, children, text);
    }

    /** Return this element with other children; the same instance if they are its own. */
    public Element withChildren(List<Element> newChildren) {
        return isAll(newChildren) ? this : new Element(name, attributes, newChildren, text);
    }

    @SuppressWarnings("ReferenceEquality") // A deep comparison would take longer than creating an element.
    private boolean isAll(List<Element> others) {
        if (others.size() != children.size()) {
            return false;
        }
        for (var i = 0; i < others.size(); i++) {
            if (others.get(i) != children.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Return this element with the child added last. */
    public Element plus(Element child) {
        var changed = new ArrayList<>(children);
        changed.add(child);
        return withChildren(changed);
    }

    public Element withText(String newText) {
        return new Element(name, attributes, children, newText);
    }

    /** Return this element with the first child of the same name replaced, or the child added last if there is none. */
    public Element withChild(Element child) {
        var changed = new ArrayList<>(children);
        for (var i = 0; i < changed.size(); i++) {
            if (changed.get(i).name().equals(child.name())) {
                changed.set(i, child);
                return withChildren(changed);
            }
        }
        return plus(child);
    }

    /** Return this element without the children of that name. */
    public Element withoutChildren(String local) {
        return withChildren(children.stream().filter(child -> !child.is(local)).toList());
    }
}
