package dev.paddock.core.expression;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
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

/** Converts the result of an expression into nodes. */
final class TemplateModelReader {
    private static final int MAX_VALUES = 100_000;
    private static final int MAX_DEPTH = 100;

    private final SourceLocation location;
    private final SecretTrace trace;
    private int values;
    private long characters;

    /** @param trace the secrets that the expression has read, and reads while its result is read */
    TemplateModelReader(SourceLocation location, SecretTrace trace) {
        this.location = location;
        this.trace = trace;
    }

    YamlNode node(@Nullable TemplateModel model) throws TemplateModelException, EvaluationException {
        return node(model, 0);
    }

    private YamlNode node(@Nullable TemplateModel model, int depth) throws TemplateModelException, EvaluationException {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw EvaluationException.bad(
                    1,
                    1,
                    "It makes more than " + MAX_VALUES + " values, or nests them more than " + MAX_DEPTH + " deep.");
        }
        var read = read(model, depth);
        if (read instanceof YamlNode.Scalar scalar) {
            characters += scalar.text().length();
            if (characters > BoundedWriter.MAX_LENGTH) {
                throw EvaluationException.bad(1, 1, BoundedWriter.LimitExceededException.REASON);
            }
        }
        return read;
    }

    private YamlNode read(@Nullable TemplateModel model, int depth) throws TemplateModelException, EvaluationException {
        return switch (model) {
            case null -> scalar("", true);
            case NodeTemplateModel.ScalarModel printed ->
                new YamlNode.Scalar(
                        location,
                        printed.getAsString(),
                        printed.node().plain(),
                        printed.node().secret(),
                        printed.node().raw(),
                        ScalarLayout.none(location));
            case NodeTemplateModel own -> own.node();
            case TemplateNumberModel number -> scalar(NumberText.FORMAT.formatToPlainText(number), true);
            case TemplateScalarModel text -> scalar(String.valueOf(text.getAsString()), false);
            case TemplateBooleanModel bool -> scalar(String.valueOf(bool.getAsBoolean()), true);
            case TemplateSequenceModel list -> sequence(list, depth);
            case TemplateCollectionModel list -> sequence(list.iterator(), depth);
            case TemplateHashModelEx mapping -> mapping(mapping, depth);
            default -> throw EvaluationException.bad(1, 1, "It is neither a text, nor a list, nor a mapping.");
        };
    }

    private YamlNode.Scalar scalar(String text, boolean plain) {
        return new YamlNode.Scalar(location, text, plain, trace.hasRead(), false, ScalarLayout.none(location));
    }

    private YamlNode sequence(TemplateSequenceModel list, int depth)
            throws TemplateModelException, EvaluationException {
        List<YamlNode> items = new ArrayList<>();
        for (var i = 0; i < list.size(); i++) {
            items.add(node(list.get(i), depth + 1));
        }
        return new YamlNode.Sequence(location, items);
    }

    private YamlNode sequence(TemplateModelIterator list, int depth)
            throws TemplateModelException, EvaluationException {
        List<YamlNode> items = new ArrayList<>();
        while (list.hasNext()) {
            items.add(node(list.next(), depth + 1));
        }
        return new YamlNode.Sequence(location, items);
    }

    private YamlNode mapping(TemplateHashModelEx mapping, int depth)
            throws TemplateModelException, EvaluationException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        var keys = mapping.keys().iterator();
        while (keys.hasNext()) {
            if (keys.next() instanceof TemplateScalarModel key) {
                var name = String.valueOf(key.getAsString());
                entries.put(name, new YamlNode.Entry(location, node(mapping.get(name), depth + 1)));
            }
        }
        return new YamlNode.Mapping(location, entries);
    }
}
