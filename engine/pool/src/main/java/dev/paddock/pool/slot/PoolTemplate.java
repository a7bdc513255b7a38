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

    /** Return why the guests cannot be made from the saved state of one of them; absent when they can. */
    public Optional<String> obstacleToCopies() {
        if (spec.reset() == ResetMethod.RECREATE) {
            return Optional.of("the pool says reset: recreate, so each VM boots");
        }
        return obstacleToMemory();
    }

    /** Return why no guest can go on from the saved memory of another; absent when it can. */
    private Optional<String> obstacleToMemory() {
        var os = domain.child("os");
        if (os.flatMap(each -> each.attribute("firmware")).isPresent()
                || os.flatMap(each -> each.child("nvram")).isPresent()
                || os.flatMap(each -> each.child("loader")).isPresent()) {
            return Optional.of("its firmware keeps a file for each VM");
        }
        var devices = domain.children("devices").stream()
                .flatMap(all -> all.children().stream())
                .toList();
        if (devices.stream().anyMatch(device -> device.is("hostdev") || device.is("tpm"))) {
            return Optional.of("it has a device whose state cannot be copied");
        }
        if (devices.stream()
                .anyMatch(device ->
                        device.is("graphics") && device.attribute("passwd").isPresent())) {
            return Optional.of("its display has a password, which libvirt does not tell");
        }
        return devices.stream().filter(device -> device.is("interface")).anyMatch(PoolTemplate::isUnplugged)
                ? Optional.of("it has an interface with link: down")
                : Optional.empty();
    }

    /** Return why a leased guest cannot be forked; absent when it can. */
    public Optional<String> obstacleToFork() {
        return spec.workspace().isPresent()
                ? Optional.of("it shares a workspace with the host, which no saved state can hold")
                : obstacleToMemory();
    }

    private static boolean isUnplugged(Element nic) {
        return nic.child("link")
                .flatMap(link -> link.attribute("state"))
                .filter("down"::equals)
                .isPresent();
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
