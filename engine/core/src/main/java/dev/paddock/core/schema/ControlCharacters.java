package dev.paddock.core.schema;

import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;

/** Control characters, of which only tabs and line breaks have a meaning in a value. */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** @param where the attribute or element, in words */
    public record Found(int character, String where) {}

    public static boolean is(int point) {
        return Character.getType(point) == Character.CONTROL && point != '\t' && point != '\n' && point != '\r';
    }

    /** Return the first one in an element and those below it. */
    public static Optional<Found> in(Element element) {
        for (Map.Entry<?, String> attribute : element.attributes().entrySet()) {
            var found =
                    in(attribute.getValue(), "the attribute '" + attribute.getKey() + "' of <" + element.name() + ">");
            if (found.isPresent()) {
                return found;
            }
        }
        var found = in(element.text(), "the text of <" + element.name() + ">");
        for (var i = 0; found.isEmpty() && i < element.children().size(); i++) {
            found = in(element.children().get(i));
        }
        return found;
    }

    private static Optional<Found> in(String text, String where) {
        for (var i = 0; i < text.length(); i++) {
            if (is(text.charAt(i))) {
                return Optional.of(new Found(text.charAt(i), where));
            }
        }
        return Optional.empty();
    }
}
