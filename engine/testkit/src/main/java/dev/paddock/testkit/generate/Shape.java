package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Name;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an element may hold: the union of all that a schema allows there, whatever excludes each other. */
public final class Shape {
    private final Map<String, Slot> attributes = new LinkedHashMap<>();
    private final Set<String> required = new HashSet<>();
    private final Map<Name, Shape> children = new LinkedHashMap<>();
    private @Nullable Slot text;

    /** Return the attributes by name. */
    public Map<String, Slot> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    public boolean requires(String attribute) {
        return required.contains(attribute);
    }

    public Map<Name, Shape> children() {
        return Collections.unmodifiableMap(children);
    }

    public Optional<Shape> child(Name name) {
        return Optional.ofNullable(children.get(name));
    }

    public Optional<Slot> text() {
        return Optional.ofNullable(text);
    }

    void addAttribute(String name, Slot slot, boolean isRequired) {
        attributes.merge(name, slot, Shape::union);
        if (isRequired) {
            required.add(name);
        }
    }

    Shape addChild(Name name) {
        return children.computeIfAbsent(name, key -> new Shape());
    }

    void addText(Slot slot) {
        text = text == null ? slot : union(text, slot);
    }

    private static Slot union(Slot one, Slot other) {
        var words = new HashSet<>(one.words());
        words.addAll(other.words());
        var types = new HashSet<>(one.types());
        types.addAll(other.types());
        return Slot.of(words, types);
    }
}
