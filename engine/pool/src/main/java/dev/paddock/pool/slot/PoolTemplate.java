package dev.paddock.pool.slot;

import dev.paddock.api.identity.Sha256;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the guests of a pool are made from.
 *
 * @param domain the definition, never started
 * @param digest tells guests of this pattern from those of another; how many there are to be is no part of it
 */
public record PoolTemplate(String name, String uuid, Element domain, PoolSpec spec, String digest) {
    /** Return the pattern that a domain is; absent when it is none. */
    public static Optional<PoolTemplate> of(Element domain) {
        return PoolSpec.of(domain)
                .map(spec -> new PoolTemplate(
                        domain.childText("name").orElse(""),
                        domain.childText("uuid").orElse(""),
                        domain,
                        spec,
                        digest(domain, spec)));
    }

    public PoolSlot slot(int number) {
        return new PoolSlot(name, uuid, number);
    }

    private static String digest(Element domain, PoolSpec spec) {
        List<Element> parts = new ArrayList<>();
        domain.children().stream().filter(child -> !child.is("metadata")).forEach(parts::add);
        parts.addAll(PoolSpec.elementOf(domain).map(Element::children).orElse(List.of()));
        var text = XmlWriter.write(Element.of("domain").withChildren(parts))
                + spec.addresses()
                + spec.workspace()
                + (spec.reset() == ResetMethod.RECREATE);
        return HexFormat.of().formatHex(Sha256.of(text), 0, 8);
    }
}
