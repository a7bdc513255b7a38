package dev.paddock.network;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import freemarker.core.TemplateClassResolver;
import freemarker.core.XMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders the template of networks as the engine does. */
public final class RenderedNetwork {
    private RenderedNetwork() {}

    public static Element network(String name, Map<String, Object> spec) throws TemplateException, XmlException {
        Map<String, Object> model = new LinkedHashMap<>(spec);
        model.put("name", name);
        var out = new StringWriter();
        try {
            configuration().getTemplate(new NetworkKind().template()).process(model, out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return XmlReader.read(out.toString());
    }

    private static Configuration configuration() throws IOException {
        var configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setDirectoryForTemplateLoading(
                Path.of("../../templates").toRealPath().toFile());
        configuration.setDefaultEncoding("UTF-8");
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setOutputFormat(XMLOutputFormat.INSTANCE);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setNumberFormat("c");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }
}
