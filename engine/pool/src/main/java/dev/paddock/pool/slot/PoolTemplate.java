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
 * The template from which the guests of a pool are made.
 *
 * @param domain the definition; it is never started itself
 * @param digest identifies the template in its guests; the size of the pool is no part of it
 */
public record PoolTemplate(String name, String uuid, Element domain, PoolSpec spec, String digest) {
    /** Return the template that a domain defines; absent when it defines none. */
    public static Optional<PoolTemplate> of(Element domain) {
        return PoolSpec.of(domain)
                .map(spec -> new PoolTemplate(
                        domain.childText("name").orElse(""),
                        domain.childText("uuid").orElse(""),
                        domain,
                        spec,
                        digest(domain, spec)));
    }

    /** Return the slot with a number, counted from 1. */
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
