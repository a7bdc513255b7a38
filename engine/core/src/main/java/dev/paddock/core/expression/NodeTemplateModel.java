package dev.paddock.core.expression;

import dev.paddock.core.load.CoreSchema;
import dev.paddock.core.load.YamlNode;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx2;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value as Freemarker sees it: only its text and its parts, so that no expression can reach Java.
 *
 * <p>A number or boolean is also a text. Freemarker compares it by value and prints it as it was written: {@code 0644}
 * stays {@code 0644}.
 */
sealed interface NodeTemplateModel extends TemplateModel {
    YamlNode node();

    /** Thrown when an expression reads a value that failed, which has been reported. */
    final class ReportedException extends TemplateModelException {
        private static final long serialVersionUID = 1L;

        ReportedException() {
            super("reported already");
        }
    }

    /**
     * Return the model of a node; null if the node is null or absent.
     *
     * @param secrets is told when a secret is read
     */
    static @Nullable TemplateModel of(@Nullable YamlNode node, SecretTrace secrets) throws TemplateModelException {
        return switch (node) {
            case null -> null;
            case YamlNode.Failed failed -> throw new ReportedException();
            case YamlNode.Sequence sequence -> new ListModel(sequence, secrets);
            case YamlNode.Mapping mapping -> new MappingModel(mapping, secrets);
            case YamlNode.Scalar scalar -> scalar.absent() ? null : scalar(scalar, secrets);
        };
    }

    private static TemplateModel scalar(YamlNode.Scalar scalar, SecretTrace secrets) {
        if (scalar.plain()) {
            var bool = CoreSchema.bool(scalar.text());
            if (bool.isPresent()) {
                return new BooleanModel(scalar, bool.get(), secrets);
            }
            var number = CoreSchema.number(scalar.text());
            if (number.isPresent()) {
                return new NumberModel(scalar, number.get(), secrets);
            }
        }
        return new TextModel(scalar, secrets);
    }

    /** A scalar of any type. */
    sealed interface ScalarModel extends NodeTemplateModel, TemplateScalarModel {
        @Override
        YamlNode.Scalar node();

        SecretTrace secrets();

        @Override
        default String getAsString() {
            if (node().secret()) {
                secrets().read();
            }
            return node().text();
        }
    }

    /** A text. */
    record TextModel(YamlNode.Scalar node, SecretTrace secrets) implements ScalarModel {}

    /** A number. */
    record NumberModel(YamlNode.Scalar node, Number number, SecretTrace secrets)
            implements ScalarModel, TemplateNumberModel {
        @Override
        public Number getAsNumber() {
            if (node.secret()) {
                secrets.read();
            }
            return number;
        }
    }

    /** A boolean. */
    record BooleanModel(YamlNode.Scalar node, boolean value, SecretTrace secrets)
            implements ScalarModel, TemplateBooleanModel {
        @Override
        public boolean getAsBoolean() {
            if (node.secret()) {
                secrets.read();
            }
            return value;
        }
    }

    /** A list. */
    record ListModel(YamlNode.Sequence node, SecretTrace secrets)
            implements NodeTemplateModel, TemplateSequenceModel, TemplateCollectionModel {
        @Override
        public @Nullable TemplateModel get(int index) throws TemplateModelException {
            return index < 0 || index >= size() ? null : of(node.items().get(index), secrets);
        }

        @Override
        public int size() {
            return node.items().size();
        }

        @Override
        public TemplateModelIterator iterator() {
            return new ModelIterator<>(node.items().iterator(), item -> of(item, secrets));
        }
    }

    /** A mapping, in the order of the file. */
    record MappingModel(YamlNode.Mapping node, SecretTrace secrets) implements NodeTemplateModel, TemplateHashModelEx2 {
        @Override
        public @Nullable TemplateModel get(String key) throws TemplateModelException {
            return of(node.get(key).orElse(null), secrets);
        }

        @Override
        public boolean isEmpty() {
            return node.entries().isEmpty();
        }

        @Override
        public int size() {
            return node.entries().size();
        }

        @Override
        public TemplateCollectionModel keys() {
            List<String> names = List.copyOf(node.entries().keySet());
            return () -> new ModelIterator<>(names.iterator(), SimpleScalar::new);
        }

        @Override
        public TemplateCollectionModel values() {
            return () -> new ModelIterator<>(node.entries().values().iterator(), entry -> of(entry.value(), secrets));
        }

        @Override
        public KeyValuePairIterator keyValuePairIterator() {
            var entries = node.entries().entrySet().iterator();
            return new KeyValuePairIterator() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public KeyValuePair next() {
                    return new EntryModel(entries.next(), secrets);
                }
            };
        }
    }

    /** A key and its value. */
    record EntryModel(Map.Entry<String, YamlNode.Entry> entry, SecretTrace secrets)
            implements TemplateHashModelEx2.KeyValuePair {
        @Override
        public TemplateModel getKey() {
            return new SimpleScalar(entry.getKey());
        }

        @Override
        public @Nullable TemplateModel getValue() throws TemplateModelException {
            return of(entry.getValue().value(), secrets);
        }
    }

    /** An iterator that creates models on demand. */
    record ModelIterator<T>(Iterator<T> items, ModelFactory<T> factory) implements TemplateModelIterator {
        @Override
        public @Nullable TemplateModel next() throws TemplateModelException {
            return factory.model(items.next());
        }

        @Override
        public boolean hasNext() {
            return items.hasNext();
        }
    }

    /** Creates the model of an item. */
    interface ModelFactory<T> {
        @Nullable
        TemplateModel model(T item) throws TemplateModelException;
    }
}
