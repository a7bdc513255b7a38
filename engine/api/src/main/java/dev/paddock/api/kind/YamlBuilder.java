package dev.paddock.api.kind;

import dev.paddock.api.xml.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Builds a mapping of a playbook from an element, in the order of calls. */
public record YamlBuilder(Map<String, Object> entries) {
    public YamlBuilder() {
        this(new LinkedHashMap<>());
    }

    /** Add the attributes that the element has, under their own names. */
    public YamlBuilder attributes(Element element, String... names) {
        for (var name : names) {
            element.attribute(name).ifPresent(value -> entries.put(name, value));
        }
        return this;
    }

    public YamlBuilder value(String key, Optional<? extends Object> value) {
        value.ifPresent(given -> entries.put(key, given));
        return this;
    }

    /** Add a list, unless it is empty. */
    public YamlBuilder list(String key, List<Element> elements, Function<Element, Object> item) {
        if (!elements.isEmpty()) {
            entries.put(key, elements.stream().map(item).toList());
        }
        return this;
    }

    /** Return the value of the key if the mapping contains nothing else, else the mapping. */
    public Object shortBy(String key) {
        var only = entries.get(key);
        return entries.size() == 1 && only != null ? only : entries;
    }
}
