package dev.paddock.core.template;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.RenderedText;

/** Masks the values of rendered documents that are computed from secrets. */
final class ComputedSecrets {
    private static final char FIRST_PRIVATE = '\uE000';
    private static final char LAST_PRIVATE = '\uF8FE';

    private final Expressions expressions;

    ComputedSecrets(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Mask what is computed from secrets, with the whole value of the document that a short one is in. */
    void computed(RenderedText rendered) {
        if (rendered.computed().isEmpty()) {
            return;
        }
        rendered.parts().forEach(part -> expressions.computed(part, part));
        var before = FIRST_PRIVATE;
        while (before < LAST_PRIVATE
                && (rendered.text().indexOf(before) >= 0 || rendered.text().indexOf(before + 1) >= 0)) {
            before = (char) (before + 2);
        }
        var after = (char) (before + 1);
        try {
            values(XmlReader.read(rendered.marked(before, after).strip()), new Marks(before, after));
        } catch (XmlException invalid) {
            // Either the document is invalid, which is reported, or a secret is in its markup: masked above as it is.
            return;
        }
    }

    private record Marks(char before, char after) {
        String without(String text) {
            return text.replace(String.valueOf(before), "").replace(String.valueOf(after), "");
        }
    }

    private void values(Element element, Marks marks) {
        element.attributes().values().forEach(value -> value(value, marks));
        value(element.text(), marks);
        element.children().forEach(child -> values(child, marks));
    }

    private void value(String value, Marks marks) {
        for (var start = value.indexOf(marks.before()); start >= 0; start = value.indexOf(marks.before(), start + 1)) {
            var end = value.indexOf(marks.after(), start);
            var part = value.substring(start + 1, end < 0 ? value.length() : end);
            expressions.computed(part, marks.without(value));
        }
    }
}
