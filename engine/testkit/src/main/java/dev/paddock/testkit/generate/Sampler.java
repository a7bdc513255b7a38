package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes elements by chance: each may be right, and is held against libvirt by whoever uses it. */
public final class Sampler {
    private final CandidateValues values;
    private final Random random;

    public Sampler(CandidateValues values, Random random) {
        this.values = values;
        this.random = random;
    }

    /** Return an element of a name and shape, with what it requires and some of what it may have. */
    public Element element(XmlName name, ElementShape shape) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        var share = random.nextDouble();
        shape.attributes().forEach((attribute, slot) -> {
            if (shape.requires(attribute) || random.nextDouble() < share) {
                value(slot).ifPresent(value -> attributes.put(XmlName.of(attribute), value));
            }
        });
        List<Element> children = new ArrayList<>();
        shape.children().forEach((child, inner) -> {
            if (random.nextInt(Math.max(2, shape.children().size())) == 0) {
                children.add(element(child, inner));
            }
        });
        var text = children.isEmpty() ? shape.text().flatMap(this::value).orElse("") : "";
        return new Element(name, attributes, children, text);
    }

    private Optional<String> value(ValueSlot slot) {
        var candidates = values.of(slot, Optional.empty());
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }
}
