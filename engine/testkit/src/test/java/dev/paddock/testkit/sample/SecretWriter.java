package dev.paddock.testkit.sample;

import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.testkit.memory.MemoryDocument;
import dev.paddock.testkit.memory.MemoryWriter;
import java.util.Map;

/**
 * Writes secrets to a host in memory, in the form that libvirt gives them.
 *
 * @param documents the secrets of the host, by name
 */
public record SecretWriter(Map<String, Element> documents) implements MemoryWriter {
    @Override
    public void perform(Action action) {
        switch (action) {
            case Action.Define define -> documents.put(define.target().name(), written(define));
            case Action.Undefine undefine -> documents.remove(undefine.target().name());
            default -> throw MemoryWriter.unsupported(action);
        }
    }

    private static Element written(Action.Define define) {
        var given = MemoryDocument.of("secret.rng", define);
        return given.withAttribute("ephemeral", given.attribute("ephemeral").orElse("no"))
                .withAttribute("private", given.attribute("private").orElse("no"));
    }
}
