package dev.paddock.testkit.evidence;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What libvirt itself makes of a document, in a lab where there is nothing else. The engine has no part in it. */
final class LibvirtOracle implements AutoCloseable {
    private static final String SOME_UUID = "11111111-2222-4333-8444-555555555555";

    private final String lab;
    private HostReader reader;
    private HostWriter writer;
    private int ends;

    /**
     * @param lab its name; the lab is started when it is not running
     */
    LibvirtOracle(String lab) {
        this.lab = lab;
        var uri = Labs.uri(lab);
        reader = new LibvirtConnector().reader(uri);
        writer = new LibvirtConnector().writer(uri);
    }

    /** What libvirt says to a document. */
    sealed interface Answer {
        /** It was taken, and this is what is read back: without what libvirt chose by itself. */
        record Accepted(Element dump) implements Answer {}

        record Refused(String reason) implements Answer {}
    }

    Answer ask(Kind kind, Element document) {
        var id = id(kind, document);
        return tried(() -> {
            writer.perform(define(kind, document));
            var found = reader.read(id.kind(), Optional.of(Set.of(id.name()))).get(id.name());
            writer.perform(new Action.Undefine(id));
            return found instanceof Observed.Present present
                    ? new Answer.Accepted(withoutChoices(present.defined(), document))
                    : new Answer.Refused("It is not there.");
        });
    }

    /** Return whether libvirt takes the document, and starts it. */
    boolean starts(Kind kind, Element document) {
        var id = id(kind, document);
        var answer = tried(() -> {
            writer.perform(define(kind, document));
            writer.perform(new Action.Start(id));
            return new Answer.Accepted(document);
        });
        tried(() -> {
            writer.perform(new Action.Stop(id));
            writer.perform(new Action.Undefine(id));
            return new Answer.Accepted(document);
        });
        return answer instanceof Answer.Accepted;
    }

    /** Return how often a document made libvirtd end. */
    int ends() {
        return ends;
    }

    /** Some documents are too much for libvirtd itself, which the lab then starts again. */
    private Answer tried(Supplier<Answer> question) {
        try {
            return question.get();
        } catch (HostException failure) {
            if (failure.failure() == HostException.Failure.LOST) {
                ends++;
                close();
                var uri = Labs.uri(lab);
                reader = new LibvirtConnector().reader(uri);
                writer = new LibvirtConnector().writer(uri);
            }
            return new Answer.Refused(failure.reason());
        }
    }

    private static Action define(Kind kind, Element document) {
        var identified = kind.uuid(document).isPresent() ? document : withUuid(kind, document);
        var define = new Action.Define(id(kind, document), XmlWriter.write(identified));
        // libvirt reads the schema of domains anew each time, which takes it longer than all the rest.
        return kind.name().equals("vm") ? define.withoutValidation() : define;
    }

    private static ResourceId id(Kind kind, Element document) {
        return new ResourceId(kind.name(), kind.documentName(document).orElseThrow());
    }

    private static Element withUuid(Kind kind, Element document) {
        List<Element> children = new ArrayList<>(document.children());
        children.add(kind.name().equals("nwfilter") ? 0 : 1, Element.of("uuid").withText(SOME_UUID));
        return document.withChildren(children);
    }

    /** Return a document that was read back, without the values that would be others next time. */
    static Element withoutChoices(Element dump, Element declared) {
        var form = dump.withoutChildren("uuid");
        // Without our mark, there is nothing left of metadata that held nothing else.
        if (form.child("metadata")
                .filter(metadata -> metadata.children().isEmpty())
                .isPresent()) {
            form = form.withoutChildren("metadata");
        }
        if (declared.child("mac").isEmpty()) {
            form = form.withoutChildren("mac");
        }
        var bridge = form.child("bridge");
        if (bridge.isPresent()
                && declared.child("bridge")
                        .flatMap(own -> own.attribute("name"))
                        .isEmpty()) {
            form = form.withChild(bridge.get().withoutAttribute("name"));
        }
        return form;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
