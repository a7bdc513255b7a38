package dev.paddock.core.template;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.expression.EvaluationException;
import dev.paddock.core.expression.FreemarkerSandbox;
import dev.paddock.core.expression.RenderedText;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.expression.Watchdog;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ValueNodes;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.source.TrustedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renders documents from the template of a kind or the user's own template. Not safe for use by several threads.
 *
 * <p>A template is in Freemarker's language, with values escaped for XML. The keys of the resource are its variables; all
 * scalars are texts. It cannot include other files.
 */
public final class Templates {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The source of a template. */
    private record TemplateText(String text, Optional<Path> file) {}

    private final TemplateSource source;
    private final Supplier<FreemarkerSandbox> engine;
    private final Optional<Path> folder;
    private final SourceFiles files;
    private final Map<String, TemplateText> kindTemplates = new HashMap<>();
    private final Map<Path, Optional<String>> userTemplates = new HashMap<>();

    /** Create an instance for the shipped templates. */
    public Templates() {
        this(TemplateSource.shipped());
    }

    public Templates(TemplateSource source) {
        this(source, new LazySandbox(), Optional.empty(), new SourceFiles(new DiagnosticSink(), new TrustedFiles()));
    }

    /**
     * @param folder a folder whose templates override those of the source
     * @param files reads the templates of users
     */
    public Templates(
            TemplateSource source, Supplier<FreemarkerSandbox> engine, Optional<Path> folder, SourceFiles files) {
        this.source = source;
        this.engine = engine;
        this.folder = folder;
        this.files = files;
    }

    /** Creates a sandbox on first use. */
    private static final class LazySandbox implements Supplier<FreemarkerSandbox> {
        private @Nullable FreemarkerSandbox engine;

        @Override
        public FreemarkerSandbox get() {
            if (engine == null) {
                engine = new FreemarkerSandbox(new Watchdog(TIMEOUT));
            }
            return engine;
        }
    }

    /**
     * Render the template of a kind.
     *
     * @param spec the validated spec of the resource, with its {@code name}
     * @throws RenderException when the template fails, by its own {@code <#stop>} or by an error in it
     */
    public Element render(Kind kind, Value.Mapping spec) {
        var template = kindTemplates.computeIfAbsent(kind.template(), this::read);
        var location = template.file()
                .map(file -> SourceLocation.startOf(file.toString()))
                .orElseGet(spec::place);
        var variables = variables(ValueNodes.node(spec));
        try {
            var xml = engine.get().render(template.text(), FreemarkerSandbox.Form.XML, variables);
            return XmlReader.read(xml.text());
        } catch (EvaluationException failure) {
            var at = Math.max(1, failure.line());
            var reason = failure.why() == EvaluationException.Why.UNDEFINED
                    ? "'" + failure.reason() + "' has no value."
                    : failure.reason();
            throw new RenderException(Diagnostic.error(
                    Code.TEMPLATE_FAILED,
                    template.file().isPresent()
                            ? new SourceLocation(location.file(), at, Math.max(1, failure.column()))
                            : location,
                    "The template " + kind.template() + " cannot render this, because of its line " + at + ": "
                            + reason,
                    "Correct what the resource says, or the template."));
        } catch (XmlException failure) {
            throw new RenderException(Diagnostic.error(
                    Code.TEMPLATE_FAILED,
                    location,
                    "The template " + kind.template() + " renders something that is no XML: " + failure.getMessage(),
                    "Correct what the resource says, or the template."));
        }
    }

    /**
     * Render the user's own template to text; return empty, with an error reported, if it cannot be read.
     *
     * @param reference where the file is named
     */
    Optional<RenderedText> render(Path file, SourceLocation reference, Variables variables) throws EvaluationException {
        var text = userTemplates.computeIfAbsent(file, path -> files.text(path, reference));
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(engine.get().render(text.get(), FreemarkerSandbox.Form.XML, variables));
    }

    private TemplateText read(String name) {
        var override = folder.map(path -> path.resolve(name)).filter(Files::isRegularFile);
        if (override.isPresent()) {
            var file = override.get();
            var text = files.replacement(file);
            return new TemplateText(text.orElse(""), override);
        }
        return new TemplateText(
                source.read(name)
                        .orElseThrow(() -> new IllegalStateException(
                                "There is no template " + name + ". This is a bug in this tool.")),
                Optional.empty());
    }

    private static Variables variables(YamlNode.Mapping spec) {
        return new Variables() {
            @Override
            public @Nullable YamlNode get(String name) {
                return spec.get(name).orElse(null);
            }

            @Override
            public Set<String> names() {
                return spec.entries().keySet();
            }
        };
    }
}
