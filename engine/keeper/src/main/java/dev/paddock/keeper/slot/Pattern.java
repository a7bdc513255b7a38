package dev.paddock.keeper.slot;

import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.Reset;
import dev.paddock.api.pool.Slot;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
public record Pattern(String name, String uuid, Element domain, PoolSpec spec, String digest) {
    /** Return the pattern that a domain is; absent when it is none. */
    public static Optional<Pattern> of(Element domain) {
        return PoolSpec.of(domain)
                .map(spec -> new Pattern(
                        domain.childText("name").orElse(""),
                        domain.childText("uuid").orElse(""),
                        domain,
                        spec,
                        digest(domain, spec)));
    }

    public Slot slot(int number) {
        return new Slot(name, uuid, number);
    }

    private static String digest(Element domain, PoolSpec spec) {
        List<Element> parts = new ArrayList<>();
        domain.children().stream().filter(child -> !child.is("metadata")).forEach(parts::add);
        parts.addAll(PoolSpec.elementOf(domain).map(Element::children).orElse(List.of()));
        var text = XmlWriting.write(Element.of("domain").withChildren(parts))
                + spec.addresses()
                + spec.workspace()
                + (spec.reset() == Reset.RECREATE);
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256. This is a bug in this tool.", impossible);
        }
    }
}
