package dev.paddock.core.template;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.expression.EvaluationFailure;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.SourceText;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Makes the documents of resources: raw, by a template of the user's own, or by that of the kind. */
public final class DocumentRenderer {
    private final DiagnosticSink mistakes;
    private final ScalarReader words;
    private final Expressions expressions;
    private final SourceFiles files;

    public DocumentRenderer(DiagnosticSink mistakes, Expressions expressions, SourceFiles files) {
        this.mistakes = mistakes;
        this.words = new ScalarReader(mistakes);
        this.expressions = expressions;
        this.files = files;
    }

    /**
     * Return the document that stands below {@code xml:}, inline or in a file.
     *
     * @param computed whether the value came out of an expression, and so is not evaluated
     */
    public Optional<Element> raw(Kind kind, YamlNode.Entry xml, boolean computed, Variables variables) {
        if (!computed && xml.value() instanceof YamlNode.Scalar scalar && isDocument(scalar.text())) {
            return expressions.xml(scalar, variables).flatMap(text -> inline(kind, text, scalar.layout()));
        }
        var value = computed ? xml.value() : expressions.evaluate(xml.value(), variables);
        if (value instanceof YamlNode.Scalar scalar && isDocument(scalar.text())) {
            return inline(kind, scalar.text(), ScalarLayout.none(scalar.place()));
        }
        return path(value).flatMap(path -> fromFile(kind, path, xml.keyPlace()));
    }

    private static boolean isDocument(String text) {
        return text.stripLeading().startsWith("<");
    }

    private Optional<YamlNode> path(YamlNode value) {
        if (!(value instanceof YamlNode.Mapping mapping)) {
            return Optional.of(value);
        }
        mapping.entries().forEach((key, entry) -> {
            if (!key.equals("file")) {
                mistakes.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, List.of("file"));
            }
        });
        var file = mapping.said("file");
        if (file.isEmpty()) {
            mistakes.error(
                    Code.MISSING_KEY,
                    mapping.place(),
                    "The key 'file' is missing here.",
                    "Name the file, or write the XML.");
        }
        return file;
    }

    private Optional<Element> inline(Kind kind, String text, ScalarLayout layout) {
        return parse(kind, text, layout.start(), layout::at);
    }

    private Optional<Element> fromFile(Kind kind, YamlNode value, SourceLocation keyPlace) {
        var path =
                words.text(value, "an XML document, or the path of one").flatMap(text -> files.resolve(text, keyPlace));
        var text = path.flatMap(file -> SourceText.read(file, value.place(), mistakes::add));
        if (path.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        var file = path.get().toString();
        return parse(
                kind,
                text.get(),
                SourceLocation.startOf(file),
                (line, column) -> new SourceLocation(file, line, column));
    }

    private Optional<Element> parse(
            Kind kind, String text, SourceLocation start, BiFunction<Integer, Integer, SourceLocation> places) {
        // The reader counts from the first character that is no white space.
        var body = text.stripLeading();
        var skipped = text.substring(0, text.length() - body.length());
        var lines = (int) skipped.chars().filter(c -> c == '\n').count();
        try {
            var document = XmlReader.read(body);
            return isOf(kind, document, start) ? Optional.of(document) : Optional.empty();
        } catch (XmlException failure) {
            var columns = failure.line() == 1 ? skipped.length() - skipped.lastIndexOf('\n') - 1 : 0;
            mistakes.error(
                    Code.XML_SYNTAX,
                    places.apply(failure.line() + lines, failure.column() + columns),
                    "This is not valid XML. " + failure.getMessage(),
                    "Correct the document.");
            return Optional.empty();
        }
    }

    private boolean isOf(Kind kind, Element document, SourceLocation place) {
        if (document.is(kind.root())) {
            return true;
        }
        mistakes.error(
                Code.WRONG_DOCUMENT,
                place,
                "Below '" + kind.key() + "' a document starts with <" + kind.root() + ">, this one with <"
                        + document.name() + ">.",
                "Put it below the key of its kind, or correct it.");
        return false;
    }

    /** Return the document that a template of the user's own renders. */
    public Optional<Element> templated(
            Kind kind, String path, SourceLocation keyPlace, Variables variables, Templates templates) {
        var file = files.resolve(path, keyPlace);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var name = file.get().toString();
        Set<String> secrets = new LinkedHashSet<>();
        try {
            var text = templates.render(file.get(), keyPlace, variables, secrets::add, mistakes::add);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            var document = XmlReader.read(text.get());
            return isOf(kind, document, SourceLocation.startOf(name)) ? Optional.of(document) : Optional.empty();
        } catch (EvaluationFailure failure) {
            templateFailed(failure, name, keyPlace, variables);
        } catch (XmlException failure) {
            mistakes.error(
                    Code.TEMPLATE_FAILED,
                    SourceLocation.startOf(name),
                    "What the template renders for the " + kind.name() + " at " + keyPlace
                            + " is not valid XML; in its line " + failure.line() + ": " + failure.getMessage(),
                    "Correct the template.");
        }
        return Optional.empty();
    }

    private void templateFailed(EvaluationFailure failure, String file, SourceLocation used, Variables variables) {
        BiFunction<Integer, Integer, SourceLocation> places =
                (line, column) -> new SourceLocation(file, Math.max(1, line), Math.max(1, column));
        switch (failure.why()) {
            case TOLD, UNDEFINED, UNSAFE -> expressions.tell(failure, variables, places);
            case BAD ->
                mistakes.error(
                        Code.TEMPLATE_FAILED,
                        places.apply(failure.line(), failure.column()),
                        "The template cannot be rendered for " + used + ". " + failure.reason(),
                        "Correct the template, or its values.");
        }
    }

    /** Return the document that the template of the kind renders. */
    public Optional<Element> rendered(Kind kind, Value.Mapping spec, Templates templates) {
        try {
            var document = templates.render(kind, spec);
            return isOf(kind, document, spec.place()) ? Optional.of(document) : Optional.empty();
        } catch (RenderException failure) {
            mistakes.add(failure.diagnostic());
            return Optional.empty();
        }
    }
}
