package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A mapping of a playbook in the making: holds what an element says, in the order of calls. */
public record Yaml(Map<String, Object> entries) {
    public Yaml() {
        this(new LinkedHashMap<>());
    }

    /** Add the attributes that the element has, under their own names. */
    Yaml attributes(Element element, String... names) {
        for (var name : names) {
            element.attribute(name).ifPresent(value -> entries.put(name, value));
        }
        return this;
    }

    public Yaml value(String key, Optional<? extends Object> value) {
        value.ifPresent(given -> entries.put(key, given));
        return this;
    }

    /** Add a list, unless it is empty. */
    Yaml list(String key, List<Element> elements, Function<Element, Object> item) {
        if (!elements.isEmpty()) {
            entries.put(key, elements.stream().map(item).toList());
        }
        return this;
    }

    /** Return the value of the key when it is all there is to say, else the mapping. */
    public Object shortBy(String key) {
        var only = entries.get(key);
        return entries.size() == 1 && only != null ? only : entries;
    }
}
