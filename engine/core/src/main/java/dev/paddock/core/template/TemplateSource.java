package dev.paddock.core.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The source of the templates of kinds. */
@FunctionalInterface
public interface TemplateSource {
    /** Return the text of a template by its file name. */
    Optional<String> read(String name);

    /** Return the templates that ship with Paddock: {@code /templates/} on the class path. */
    static TemplateSource shipped() {
        return name -> {
            try (var in = TemplateSource.class.getResourceAsStream("/templates/" + name)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
    }
}
