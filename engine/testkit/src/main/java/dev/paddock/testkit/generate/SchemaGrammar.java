package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlName;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.validate.LibvirtSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what documents may say from libvirt's schemas, as they are installed (RELAX NG, in its XML syntax). */
public final class SchemaGrammar {
    private final Path folder;
    private final Map<String, Element> defines = new HashMap<>();

    /** The definitions that are being walked: one that holds itself, such as a chain of images, is walked twice. */
    private final List<String> within = new ArrayList<>();

    private SchemaGrammar(Path folder) {
        this.folder = folder;
    }

    /**
     * Return the shape of a document's root.
     *
     * @param schema a file of libvirt's schema folder: {@code network.rng}
     */
    public static ElementShape of(String schema, String root) {
        var grammar = new SchemaGrammar(LibvirtSchemas.INSTALLED);
        grammar.load(schema);
        var top = new ElementShape();
        grammar.walk(grammar.define(root), top, true, "");
        return top.child(XmlName.of(root)).orElseThrow();
    }

    private void load(String file) {
        try {
            for (var part :
                    XmlReader.read(Files.readString(folder.resolve(file))).children()) {
                if (isNamed(part, "include")) {
                    load(part.attribute("href").orElseThrow());
                } else if (isNamed(part, "define")) {
                    defines.put(part.attribute("name").orElseThrow(), part);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (XmlException malformed) {
            throw new IllegalStateException(file + " is not well-formed.", malformed);
        }
    }

    private Element define(String name) {
        return Optional.ofNullable(defines.get(name))
                .orElseThrow(() -> new IllegalStateException("The schema does not define " + name + "."));
    }

    private void walk(Element pattern, ElementShape shape, boolean required, String outer) {
        var space = pattern.attribute("ns").orElse(outer);
        switch (pattern.name().local()) {
            case "define", "group", "interleave", "oneOrMore" -> walkAll(pattern.children(), shape, required, space);
            case "optional", "zeroOrMore", "choice" -> walkAll(pattern.children(), shape, false, space);
            case "ref" -> refer(pattern.attribute("name").orElseThrow(), shape, required);
            case "element" -> element(pattern, shape, space);
            case "attribute" ->
                pattern.attribute("name")
                        .ifPresent(name -> shape.addAttribute(name, slot(pattern.children()), required));
            case "text", "data", "value" -> shape.addText(slot(List.of(pattern)));
            case "empty", "notAllowed" -> {}
            default ->
                throw new IllegalStateException("The schema has a pattern unknown here: "
                        + pattern.name().local());
        }
    }

    private void refer(String name, ElementShape shape, boolean required) {
        if (Collections.frequency(within, name) < 2) {
            within.add(name);
            walk(define(name), shape, required, "");
            within.removeLast();
        }
    }

    private void walkAll(List<Element> patterns, ElementShape shape, boolean required, String space) {
        patterns.forEach(pattern -> walk(pattern, shape, required, space));
    }

    private void element(Element pattern, ElementShape shape, String space) {
        var local = pattern.attribute("name");
        // What may have any name is other people's metadata.
        if (local.isPresent()) {
            var name = new XmlName(space, local.get(), "");
            if (shape.child(name).isEmpty() || !name.local().equals("metadata")) {
                walkAll(pattern.children(), shape.addChild(name), true, space);
            }
        }
    }

    private ValueSlot slot(List<Element> patterns) {
        Set<String> words = new HashSet<>();
        Set<String> types = new HashSet<>();
        patterns.forEach(pattern -> value(pattern, words, types));
        return patterns.isEmpty() ? ValueSlot.TEXT : ValueSlot.of(words, types);
    }

    private void value(Element pattern, Set<String> words, Set<String> types) {
        switch (pattern.name().local()) {
            case "value" -> words.add(pattern.text());
            case "text" -> types.add("text");
            case "data" -> types.add(pattern.attribute("type").orElseThrow());
            case "empty", "notAllowed" -> {}
            case "choice" -> pattern.children().forEach(child -> value(child, words, types));
            case "ref" -> {
                var name = pattern.attribute("name").orElseThrow();
                Set<String> inner = new HashSet<>();
                define(name).children().forEach(child -> value(child, words, inner));
                if (!inner.isEmpty()) {
                    types.add(name);
                }
            }
            default ->
                throw new IllegalStateException(
                        "The schema has a value unknown here: " + pattern.name().local());
        }
    }

    private static boolean isNamed(Element element, String local) {
        return element.name().local().equals(local);
    }
}
