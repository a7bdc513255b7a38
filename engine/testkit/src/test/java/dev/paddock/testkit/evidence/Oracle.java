package dev.paddock.testkit.evidence;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.host.validate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What libvirt itself makes of a document, in a lab where there is nothing else. The engine has no part in it. */
final class Oracle implements AutoCloseable {
    private static final String SOME_UUID = "11111111-2222-4333-8444-555555555555";

    private final LibvirtSchemas schemas = new LibvirtSchemas();
    private final HostReader reader;
    private final HostWriter writer;

    Oracle(String uri) {
        var connector = new LibvirtConnector();
        reader = connector.reader(uri);
        writer = connector.writer(uri);
    }

    /** What libvirt says to a document. */
    sealed interface Answer {
        /** It was taken, and this is what is read back: without what libvirt chose by itself. */
        record Accepted(Element dump) implements Answer {}

        record Refused(String reason) implements Answer {}
    }

    Answer ask(Kind kind, Element document) {
        var id = new ResourceId(kind.name(), kind.documentName(document).orElseThrow());
        var identified = kind.uuid(document).isPresent() ? document : withUuid(kind, document);
        // libvirt says the same, and takes longer for it.
        if (schemas.check(kind.libvirtSchema(), XmlWriting.write(identified)) instanceof Verdict.Checked checked
                && !checked.problems().isEmpty()) {
            return new Answer.Refused(checked.problems().getFirst());
        }
        try {
            writer.perform(new Action.Define(id, XmlWriting.write(identified)));
            var found = reader.read(id.kind(), Optional.of(Set.of(id.name()))).get(id.name());
            writer.perform(new Action.Undefine(id));
            return found instanceof Observed.Present present
                    ? new Answer.Accepted(withoutChoices(present.defined(), document))
                    : new Answer.Refused("It is not there.");
        } catch (HostException refusal) {
            return new Answer.Refused(refusal.reason());
        }
    }

    /** Return whether libvirt also starts it. */
    boolean starts(Kind kind, Element document) {
        var id = new ResourceId(kind.name(), kind.documentName(document).orElseThrow());
        try {
            var identified = kind.uuid(document).isPresent() ? document : withUuid(kind, document);
            writer.perform(new Action.Define(id, XmlWriting.write(identified)));
            writer.perform(new Action.Start(id));
            return true;
        } catch (HostException refusal) {
            return false;
        } finally {
            writer.perform(new Action.Stop(id));
            writer.perform(new Action.Undefine(id));
        }
    }

    /** Define something that others refer to. */
    void define(ResourceId id, String xml) {
        writer.perform(new Action.Define(id, xml));
    }

    private static Element withUuid(Kind kind, Element document) {
        List<Element> children = new ArrayList<>(document.children());
        children.add(kind.name().equals("nwfilter") ? 0 : 1, Element.of("uuid").withText(SOME_UUID));
        return document.withChildren(children);
    }

    /** Return a document that was read back, without the values that would be others next time. */
    static Element withoutChoices(Element dump, Element declared) {
        var form = dump.withoutChildren("uuid");
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
