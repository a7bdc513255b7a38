package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Place;
import dev.paddock.core.load.Layout;
import dev.paddock.core.load.Node;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an expression computed back into nodes. */
final class ModelReading {
    private static final int MOST_VALUES = 100_000;
    private static final int DEEPEST = 100;

    private final Place place;
    private int values;
    private long characters;

    ModelReading(Place place) {
        this.place = place;
    }

    Node node(@Nullable TemplateModel model) throws TemplateModelException, EvaluationFailure {
        return node(model, 0);
    }

    private Node node(@Nullable TemplateModel model, int depth) throws TemplateModelException, EvaluationFailure {
        if (++values > MOST_VALUES || depth > DEEPEST) {
            throw EvaluationFailure.bad(
                    1,
                    1,
                    "It makes more than " + MOST_VALUES + " values, or nests them more than " + DEEPEST + " deep.");
        }
        var read = read(model, depth);
        if (read instanceof Node.Scalar scalar) {
            characters += scalar.text().length();
            if (characters > BoundedWriter.LONGEST) {
                throw EvaluationFailure.bad(1, 1, BoundedWriter.Full.REASON);
            }
        }
        return read;
    }

    private Node read(@Nullable TemplateModel model, int depth) throws TemplateModelException, EvaluationFailure {
        return switch (model) {
            case null -> scalar("", true);
            case NodeModel.Printed printed ->
                new Node.Scalar(
                        place,
                        printed.getAsString(),
                        printed.node().plain(),
                        printed.node().secret(),
                        Layout.none(place));
            case NodeModel own -> own.node();
            case TemplateNumberModel number -> scalar(NumberText.FORMAT.formatToPlainText(number), true);
            case TemplateScalarModel text -> scalar(String.valueOf(text.getAsString()), false);
            case TemplateBooleanModel bool -> scalar(String.valueOf(bool.getAsBoolean()), true);
            case TemplateSequenceModel list -> sequence(list, depth);
            case TemplateCollectionModel list -> sequence(list.iterator(), depth);
            case TemplateHashModelEx mapping -> mapping(mapping, depth);
            default -> throw EvaluationFailure.bad(1, 1, "It is neither a text, nor a list, nor a mapping.");
        };
    }

    private Node.Scalar scalar(String text, boolean plain) {
        return new Node.Scalar(place, text, plain, false, Layout.none(place));
    }

    private Node sequence(TemplateSequenceModel list, int depth) throws TemplateModelException, EvaluationFailure {
        List<Node> items = new ArrayList<>();
        for (var i = 0; i < list.size(); i++) {
            items.add(node(list.get(i), depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Node sequence(TemplateModelIterator list, int depth) throws TemplateModelException, EvaluationFailure {
        List<Node> items = new ArrayList<>();
        while (list.hasNext()) {
            items.add(node(list.next(), depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Node mapping(TemplateHashModelEx mapping, int depth) throws TemplateModelException, EvaluationFailure {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        var keys = mapping.keys().iterator();
        while (keys.hasNext()) {
            if (keys.next() instanceof TemplateScalarModel key) {
                var name = String.valueOf(key.getAsString());
                entries.put(name, new Node.Entry(place, node(mapping.get(name), depth + 1)));
            }
        }
        return new Node.Mapping(place, entries);
    }
}
