package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.testkit.generate.MutationSite.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Finds all that can be changed in a document, one thing at a time: what it says, and what its schema lets it say. */
public final class MutationSites {
    private static final int SAMPLES = 12;

    private final CandidateValues values;
    private final Sampler sampler;
    private final List<MutationSite> sites = new ArrayList<>();

    private MutationSites(CandidateValues values, Random random) {
        this.values = values;
        this.sampler = new Sampler(values, random);
    }

    /** Return the sites of a document in its order. Name and UUID are who it is, not what it says. */
    public static List<MutationSite> of(Element document, ElementShape shape, CandidateValues values, Random random) {
        var sites = new MutationSites(values, random);
        sites.element(document, Optional.of(shape), "", "", changed -> changed);
        return List.copyOf(sites.sites);
    }

    private void element(
            Element element, Optional<ElementShape> shape, String pattern, String place, UnaryOperator<Element> whole) {
        attributes(element, shape, pattern, place, whole);
        if (element.children().isEmpty() && (!element.text().isEmpty() || isText(shape))) {
            var slot = shape.flatMap(ElementShape::text).orElse(ValueSlot.TEXT);
            add(
                    "change",
                    pattern,
                    place,
                    values.of(slot, Optional.of(element.text())),
                    value -> whole.apply(element.withText(value)));
        }
        Map<XmlName, Integer> positions = new HashMap<>();
        for (var index = 0; index < element.children().size(); index++) {
            var child = element.children().get(index);
            var name = child.name();
            var inner = join(pattern, written(name));
            var at = join(place, written(name)) + "[" + positions.merge(name, 1, Integer::sum) + "]";
            if (pattern.isEmpty() && (child.is("name") || child.is("uuid"))) {
                continue;
            }
            var here = index;
            sites.add(
                    new MutationSite("drop", inner, at, List.of(new Variant(whole.apply(without(element, here)), ""))));
            swap(element, here, inner, at, whole);
            element(
                    child,
                    shape.flatMap(found -> found.child(name)),
                    inner,
                    at,
                    changed -> whole.apply(with(element, here, changed)));
        }
        shape.ifPresent(found -> insert(element, found, pattern, place, whole));
    }

    private static boolean isText(Optional<ElementShape> shape) {
        return shape.flatMap(ElementShape::text).isPresent();
    }

    private void attributes(
            Element element, Optional<ElementShape> shape, String pattern, String place, UnaryOperator<Element> whole) {
        Map<String, ValueSlot> allowed = shape.map(ElementShape::attributes).orElse(Map.of());
        element.attributes().forEach((name, old) -> {
            var inner = join(pattern, "@" + written(name));
            var at = join(place, "@" + written(name));
            if (inner.equals("@name")) {
                return;
            }
            var slot = allowed.getOrDefault(name.local(), ValueSlot.TEXT);
            add(
                    "change",
                    inner,
                    at,
                    values.of(slot, Optional.of(old)),
                    value -> whole.apply(with(element, name, value)));
            sites.add(new MutationSite(
                    "remove", inner, at, List.of(new Variant(whole.apply(without(element, name)), ""))));
        });
        allowed.forEach((name, slot) -> {
            if (element.attribute(name).isEmpty()) {
                add(
                        "add",
                        join(pattern, "@" + name),
                        join(place, "@" + name),
                        values.of(slot, Optional.empty()),
                        value -> whole.apply(element.withAttribute(name, value)));
            }
        });
    }

    private void insert(
            Element element, ElementShape shape, String pattern, String place, UnaryOperator<Element> whole) {
        shape.children().forEach((name, child) -> {
            var isIdentity = pattern.isEmpty()
                    && (name.local().equals("name") || name.local().equals("uuid"));
            // A rule is of one protocol, and libvirt refuses a second.
            var isSecondProtocol = pattern.equals("rule") && !element.children().isEmpty();
            if (isIdentity || isSecondProtocol || name.local().equals("metadata")) {
                return;
            }
            List<Variant> variants = new ArrayList<>();
            for (var i = 0; i < SAMPLES; i++) {
                variants.add(new Variant(whole.apply(element.plus(sampler.element(name, child))), ""));
            }
            var count = element.children().stream()
                    .filter(other -> other.name().equals(name))
                    .count();
            sites.add(new MutationSite(
                    "insert",
                    join(pattern, written(name)),
                    join(place, written(name)) + "[" + (count + 1) + "]",
                    variants));
        });
    }

    /** Let an element change places with the next of its kind, in case the order means something. */
    private void swap(Element element, int index, String pattern, String place, UnaryOperator<Element> whole) {
        if (index + 1 < element.children().size()) {
            var children = new ArrayList<>(element.children());
            var next = children.get(index + 1);
            if (next.name().equals(children.get(index).name()) && !next.equals(children.get(index))) {
                children.set(index + 1, children.get(index));
                children.set(index, next);
                var swapped = whole.apply(element.withChildren(children));
                sites.add(new MutationSite("swap", pattern, place, List.of(new Variant(swapped, ""))));
            }
        }
    }

    private void add(
            String what,
            String pattern,
            String place,
            List<String> candidates,
            java.util.function.Function<String, Element> change) {
        sites.add(new MutationSite(
                what,
                pattern,
                place,
                candidates.stream()
                        .map(value -> new Variant(change.apply(value), value))
                        .toList()));
    }

    private static Element with(Element element, XmlName name, String value) {
        Map<XmlName, String> attributes = new LinkedHashMap<>(element.attributes());
        attributes.put(name, value);
        return element.withAttributes(attributes);
    }

    private static Element without(Element element, XmlName name) {
        Map<XmlName, String> attributes = new LinkedHashMap<>(element.attributes());
        attributes.remove(name);
        return element.withAttributes(attributes);
    }

    private static Element with(Element element, int index, Element child) {
        var children = new ArrayList<>(element.children());
        children.set(index, child);
        return element.withChildren(children);
    }

    private static Element without(Element element, int index) {
        var children = new ArrayList<>(element.children());
        children.remove(index);
        return element.withChildren(children);
    }

    /** Return a name as paths write it. */
    public static String written(XmlName name) {
        return name.space().isEmpty() ? name.local() : "{" + name.space() + "}" + name.local();
    }

    private static String join(String path, String step) {
        return path.isEmpty() ? step : path + "/" + step;
    }
}
