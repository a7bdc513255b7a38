package dev.paddock.core.expression;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import freemarker.core.Environment;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateConfiguration;
import freemarker.core.UndefinedOutputFormat;
import freemarker.core.XMLOutputFormat;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sandboxed Freemarker: no classes, no files, no Java objects, bounded output and time.
 *
 * <p>Only this class and its helpers use Freemarker, and an instance is created only when there is an expression: loading
 * Freemarker takes longer than everything else that a small playbook needs.
 */
public final class FreemarkerSandbox {
    /** The output form. In XML, values are escaped. */
    public enum Form {
        TEXT,
        XML
    }

    private static final String RESULT = "result__";
    private static final String BEFORE = "<#assign " + RESULT + "=(";
    private static final String AFTER = ")>";
    private static final int MAX_CACHED = 4_096;
    private static final Configuration CONFIGURATION = configuration();

    private record Source(String text, Form form) {}

    private final Watchdog watchdog;
    private final Map<Source, Template> parsed = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Template> eldest) {
            return size() > MAX_CACHED;
        }
    };

    public FreemarkerSandbox(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    private static Configuration configuration() {
        // Freemarker would also log the errors that it throws, with their values.
        System.setProperty("org.freemarker.loggerLibrary", "none");
        var configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setTemplateLoader(null);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setAttemptExceptionReporter((failure, environment) -> {});
        configuration.setLogTemplateExceptions(false);
        configuration.setLocalizedLookup(false);
        configuration.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
        configuration.setCustomNumberFormats(Map.of(NumberText.NAME, NumberText.factory()));
        configuration.setNumberFormat("@" + NumberText.NAME);
        configuration.setBooleanFormat("c");
        return configuration;
    }

    /** Return the rendered text. */
    public RenderedText render(String source, Form form, Variables variables) throws EvaluationException {
        var trace = new SecretTrace();
        var out = new BoundedWriter(trace);
        process(source, form, new Root(variables, trace), out, environment -> out);
        return out.rendered();
    }

    /**
     * Return the value of an expression without braces.
     *
     * @param location the location of the result
     * @param trace is told which secrets are read
     */
    YamlNode value(String expression, SourceLocation location, Variables variables, SecretTrace trace)
            throws EvaluationException {
        try {
            return process(
                    BEFORE + expression + AFTER,
                    Form.TEXT,
                    new Root(variables, trace),
                    Writer.nullWriter(),
                    environment -> new TemplateModelReader(location, trace).node(environment.getVariable(RESULT)));
        } catch (EvaluationException failure) {
            throw failure.movedLeft(BEFORE.length());
        }
    }

    /** Reads a result from the environment of a processed template. */
    private interface ResultReader<T> {
        T read(Environment environment) throws TemplateException, EvaluationException;
    }

    private <T> T process(String source, Form form, TemplateHashModel root, Writer out, ResultReader<T> reader)
            throws EvaluationException {
        var template = template(source, form);
        watchdog.begin();
        try {
            var environment = template.createProcessingEnvironment(root, out);
            environment.process();
            return reader.read(environment);
        } catch (TemplateException failure) {
            throw watchdog.expired()
                    ? EvaluationException.bad(1, 1, "It takes too long.")
                    : FreemarkerErrorParser.of(failure);
        } catch (BoundedWriter.LimitExceededException full) {
            throw EvaluationException.bad(1, 1, BoundedWriter.LimitExceededException.REASON);
        } catch (IOException failure) {
            throw new IllegalStateException("Writing into memory failed. This is a bug in this tool.", failure);
        } catch (StackOverflowError deep) {
            throw EvaluationException.bad(1, 1, "It is nested too deeply.");
        } catch (OutOfMemoryError large) {
            throw EvaluationException.bad(1, 1, "It takes too much memory.");
        } catch (RuntimeException failure) {
            throw EvaluationException.bad(
                    1,
                    1,
                    watchdog.expired()
                            ? "It takes too long."
                            : FreemarkerErrorParser.sentence(String.valueOf(failure.getMessage())));
        } finally {
            watchdog.end();
        }
    }

    private Template template(String text, Form form) throws EvaluationException {
        var source = new Source(text, form);
        var known = parsed.get(source);
        if (known != null) {
            return known;
        }
        var settings = new TemplateConfiguration();
        settings.setOutputFormat(
                switch (form) {
                    case TEXT -> UndefinedOutputFormat.INSTANCE;
                    case XML -> XMLOutputFormat.INSTANCE;
                });
        settings.setParentConfiguration(CONFIGURATION);
        try {
            var template = new Template("expression", null, new StringReader(text), CONFIGURATION, settings, null);
            // Internal to Freemarker, but the only way to make loops react to an interrupt.
            _CoreAPI.addThreadInterruptedChecks(template);
            parsed.put(source, template);
            return template;
        } catch (ParseException failure) {
            throw FreemarkerErrorParser.of(failure);
        } catch (IOException failure) {
            throw new IllegalStateException("Reading from memory failed. This is a bug in this tool.", failure);
        } catch (StackOverflowError deep) {
            throw EvaluationException.bad(1, 1, "It is nested too deeply.");
        } catch (RuntimeException | freemarker.core.TokenMgrError failure) {
            throw EvaluationException.bad(1, 1, FreemarkerErrorParser.sentence(String.valueOf(failure.getMessage())));
        }
    }

    /** The variables, as the root of Freemarker's data model. */
    private record Root(Variables variables, SecretTrace trace) implements TemplateHashModel {
        @Override
        public @Nullable TemplateModel get(String name) throws TemplateModelException {
            return NodeTemplateModel.of(variables.get(name), trace);
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }
}
