package dev.paddock.testkit.sample;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.testkit.memory.MemoryReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads secrets from a host in memory.
 *
 * @param documents the secrets of the host, by name
 */
public record SecretReader(Map<String, Element> documents) implements MemoryReader {
    @Override
    public Map<String, Observed> observed() {
        Map<String, Observed> observed = new TreeMap<>();
        documents.forEach((name, document) -> observed.put(
                name,
                new Observed.Present(
                        document.childText("uuid").orElseThrow(), document, Optional.empty(), true, true, false)));
        return observed;
    }
}
