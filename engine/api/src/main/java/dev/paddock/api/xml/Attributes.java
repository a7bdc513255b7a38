package dev.paddock.api.xml;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of an element, in order and immutable, so that elements can share them. */
final class Attributes extends AbstractMap<XmlName, String> {
    private static final Map<XmlName, String> NONE = new Attributes(Map.of());

    private final Map<XmlName, String> kept;

    private Attributes(Map<XmlName, String> kept) {
        this.kept = Collections.unmodifiableMap(kept);
    }

    static Map<XmlName, String> copy(Map<XmlName, String> attributes) {
        if (attributes instanceof Attributes) {
            return attributes;
        }
        return attributes.isEmpty() ? NONE : new Attributes(new LinkedHashMap<>(attributes));
    }

    @Override
    public Set<Entry<XmlName, String>> entrySet() {
        return kept.entrySet();
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return kept.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return kept.containsKey(name);
    }
}
