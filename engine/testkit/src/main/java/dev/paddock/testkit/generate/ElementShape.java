package dev.paddock.testkit.generate;

import dev.paddock.api.xml.XmlName;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an element may hold: the union of all that a schema allows there, whatever excludes each other. */
public final class ElementShape {
    private final Map<String, ValueSlot> attributes = new LinkedHashMap<>();
    private final Set<String> required = new HashSet<>();
    private final Map<XmlName, ElementShape> children = new LinkedHashMap<>();
    private @Nullable ValueSlot text;

    /** Return the attributes by name. */
    public Map<String, ValueSlot> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    public boolean requires(String attribute) {
        return required.contains(attribute);
    }

    public Map<XmlName, ElementShape> children() {
        return Collections.unmodifiableMap(children);
    }

    public Optional<ElementShape> child(XmlName name) {
        return Optional.ofNullable(children.get(name));
    }

    public Optional<ValueSlot> text() {
        return Optional.ofNullable(text);
    }

    void addAttribute(String name, ValueSlot slot, boolean isRequired) {
        attributes.merge(name, slot, ElementShape::union);
        if (isRequired) {
            required.add(name);
        }
    }

    ElementShape addChild(XmlName name) {
        return children.computeIfAbsent(name, key -> new ElementShape());
    }

    void addText(ValueSlot slot) {
        text = text == null ? slot : union(text, slot);
    }

    private static ValueSlot union(ValueSlot one, ValueSlot other) {
        var words = new HashSet<>(one.words());
        words.addAll(other.words());
        var types = new HashSet<>(one.types());
        types.addAll(other.types());
        return ValueSlot.of(words, types);
    }
}
