package dev.paddock.core.diff;

import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import java.util.function.Supplier;

/** Decides whether an element that one document has and the other lacks makes a difference. */
final class ElementContent {
    private ElementContent() {}

    /** Return whether a declared element asks for more than libvirt does by default. */
    static boolean isDeclared(RulePath path, Element element) {
        return has(path, element, true);
    }

    /** Return whether an undeclared element has more than libvirt fills in by itself. */
    static boolean isDrift(RulePath path, Element element) {
        return has(path, element, false);
    }

    /**
     * Return whether parts of an undeclared element stay while others go: libvirt fills in the ones, and somebody added the
     * others. An item of a list goes as a whole.
     */
    static boolean isPartly(RulePath path, Element element) {
        return path.siblings().isEmpty()
                && LeafValues.attributes(path, element).entrySet().stream()
                        .noneMatch(entry -> asks(entry.getKey(), entry.getValue()::canonical, false))
                && element.children().stream()
                        .anyMatch(child -> path.element(child.name()).fill() instanceof UndeclaredValue.Chosen
                                && !isDrift(path.element(child.name()), child));
    }

    /** Return an element as it is shown, without children that say nothing beyond what is so by default. */
    static Element shown(RulePath path, Element element) {
        return element.withChildren(element.children().stream()
                .filter(child -> !(path.element(child.name()).fill() instanceof UndeclaredValue.Constant
                        && child.attributes().isEmpty()
                        && child.children().isEmpty()
                        && !isDeclared(path.element(child.name()), child)))
                .map(child -> shown(path.element(child.name()), child))
                .toList());
    }

    /**
     * An element without leaves, and an undeclared item of a list that libvirt adds nothing to, count by being there. Of all
     * others the leaves decide, those of an element that libvirt may add as well: it adds none with other leaves.
     */
    private static boolean has(RulePath path, Element element, boolean declared) {
        var isEmpty = element.attributes().isEmpty() && element.children().isEmpty();
        var isText = element.children().isEmpty() && !element.text().isEmpty();
        var isWhole =
                switch (path.fill()) {
                    case UndeclaredValue.Nobody nobody ->
                        !declared && path.siblings().isPresent();
                    case UndeclaredValue.Constant constant -> false;
                    case UndeclaredValue.Chosen chosen -> declared;
                    case UndeclaredValue.Others others -> true;
                    case UndeclaredValue.Momentary momentary -> true;
                };
        if (isEmpty || isText || isWhole) {
            return asks(path, () -> LeafValues.text(path, element), declared);
        }
        return LeafValues.attributes(path, element).entrySet().stream()
                        .anyMatch(entry -> asks(entry.getKey(), entry.getValue()::canonical, declared))
                || element.children().stream().anyMatch(child -> has(path.element(child.name()), child, declared));
    }

    private static boolean asks(RulePath path, Supplier<String> canonical, boolean declared) {
        return switch (path.fill()) {
            case UndeclaredValue.Nobody nobody -> true;
            case UndeclaredValue.Constant constant -> !path.isConstant(canonical.get());
            case UndeclaredValue.Chosen chosen -> declared;
            case UndeclaredValue.Others others -> declared;
            case UndeclaredValue.Momentary momentary -> false;
        };
    }
}
