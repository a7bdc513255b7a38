package dev.paddock.core.template;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.expression.EvaluationException;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Renders the documents of resources: from raw XML, the user's own template, or the template of the kind. */
public final class DocumentRenderer {
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private final Expressions expressions;
    private final SourceFiles files;
    private final ComputedSecrets masks;

    public DocumentRenderer(DiagnosticSink diagnostics, Expressions expressions, SourceFiles files) {
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
        this.expressions = expressions;
        this.files = files;
        this.masks = new ComputedSecrets(expressions);
    }

    /**
     * Return the document below {@code xml:}, inline or in a file.
     *
     * @param computed whether an expression produced the value, so that it is not evaluated again
     */
    public Optional<Element> raw(Kind kind, YamlNode.Entry xml, boolean computed, Variables variables) {
        if (!computed && xml.value() instanceof YamlNode.Scalar scalar && isDocument(scalar.text())) {
            return expressions.xml(scalar, variables).flatMap(rendered -> {
                masks.computed(rendered);
                return inline(kind, rendered.text(), scalar.layout());
            });
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
                diagnostics.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, List.of("file"));
            }
        });
        var file = mapping.nonNull("file");
        if (file.isEmpty()) {
            diagnostics.error(
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
        var path = scalars.text(value, "an XML document, or the path of one")
                .flatMap(text -> files.resolve(text, keyPlace));
        var text = path.flatMap(file -> files.text(file, value.place()));
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
            Kind kind, String text, SourceLocation start, BiFunction<Integer, Integer, SourceLocation> locations) {
        // The reader counts from the first character that is not white space.
        var body = text.stripLeading();
        var skipped = text.substring(0, text.length() - body.length());
        var lines = (int) skipped.chars().filter(c -> c == '\n').count();
        try {
            var document = XmlReader.read(body);
            return isOf(kind, document, start) ? Optional.of(document) : Optional.empty();
        } catch (XmlException failure) {
            var columns = failure.line() == 1 ? skipped.length() - skipped.lastIndexOf('\n') - 1 : 0;
            diagnostics.error(
                    Code.XML_SYNTAX,
                    locations.apply(failure.line() + lines, failure.column() + columns),
                    "This is not valid XML. " + failure.getMessage(),
                    "Correct the document.");
            return Optional.empty();
        }
    }

    private boolean isOf(Kind kind, Element document, SourceLocation location) {
        if (document.is(kind.root())) {
            return true;
        }
        diagnostics.error(
                Code.WRONG_DOCUMENT,
                location,
                "Below '" + kind.key() + "' a document starts with <" + kind.root() + ">, this one with <"
                        + document.name() + ">.",
                "Put it below the key of its kind, or correct it.");
        return false;
    }

    /** Return the document rendered by the user's own template. */
    public Optional<Element> templated(
            Kind kind, String path, SourceLocation keyPlace, Variables variables, Templates templates) {
        var file = files.resolve(path, keyPlace);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var name = file.get().toString();
        try {
            var rendered = templates.render(file.get(), keyPlace, variables);
            if (rendered.isEmpty()) {
                return Optional.empty();
            }
            masks.computed(rendered.get());
            var document = XmlReader.read(rendered.get().text());
            return isOf(kind, document, SourceLocation.startOf(name)) ? Optional.of(document) : Optional.empty();
        } catch (EvaluationException failure) {
            reportTemplateFailure(failure, name, keyPlace, variables);
        } catch (XmlException failure) {
            diagnostics.error(
                    Code.TEMPLATE_FAILED,
                    SourceLocation.startOf(name),
                    "What the template renders for the " + kind.name() + " at " + keyPlace
                            + " is not valid XML; in its line " + failure.line() + ": " + failure.getMessage(),
                    "Correct the template.");
        }
        return Optional.empty();
    }

    private void reportTemplateFailure(
            EvaluationException failure, String file, SourceLocation used, Variables variables) {
        BiFunction<Integer, Integer, SourceLocation> locations =
                (line, column) -> new SourceLocation(file, Math.max(1, line), Math.max(1, column));
        switch (failure.why()) {
            case REPORTED, UNDEFINED, UNSAFE -> expressions.report(failure, variables, locations);
            case BAD ->
                diagnostics.error(
                        Code.TEMPLATE_FAILED,
                        locations.apply(failure.line(), failure.column()),
                        "The template cannot be rendered for " + used + ". " + failure.reason(),
                        "Correct the template, or its values.");
        }
    }

    /** Return the document rendered by the template of the kind. */
    public Optional<Element> rendered(Kind kind, Value.Mapping spec, Templates templates) {
        try {
            var document = templates.render(kind, spec);
            return isOf(kind, document, spec.place()) ? Optional.of(document) : Optional.empty();
        } catch (RenderException failure) {
            diagnostics.add(failure.diagnostic());
            return Optional.empty();
        }
    }
}
