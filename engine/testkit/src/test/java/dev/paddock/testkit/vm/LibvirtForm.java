package dev.paddock.testkit.vm;

import dev.paddock.api.host.HostException;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.Optional;

/** What libvirt itself makes of a document: defined under a name of its own, read, and removed. */
final class LibvirtForm {
    private static final ResourceId ID = new ResourceId("vm", "canon");
    private static final String UUID = "11111111-2222-4333-8444-555555555555";

    private final VmLab lab;

    LibvirtForm(VmLab lab) {
        this.lab = lab;
    }

    /** Return the definition, or empty where libvirt refuses the document, or what it makes of it itself. */
    Optional<Element> of(Element document) {
        var named = lab.kind().identified(lab.kind().named(document, ID.name()), UUID);
        try {
            lab.writer().perform(new Action.Define(ID, XmlWriter.write(named)));
            var defined = lab.observed(ID.name()).orElseThrow().defined();
            lab.writer().perform(new Action.Define(ID, XmlWriter.write(defined)));
            return Optional.of(defined);
        } catch (HostException refused) {
            return Optional.empty();
        } finally {
            lab.writer().perform(new Action.Undefine(ID));
        }
    }

    /** Return whether two documents say the same but for what libvirt draws by lot, and for the type of an empty drive. */
    static boolean isSame(Element one, Element other) {
        return settled(one).equals(settled(other));
    }

    private static Element settled(Element element) {
        var isEmpty = element.is("disk") && element.child("source").isEmpty();
        var form = isEmpty ? element.withoutAttribute("type") : element;
        return form.withChildren(element.children().stream()
                .filter(child -> !child.is("genid"))
                .filter(child -> !child.is("mac"))
                .map(LibvirtForm::settled)
                .toList());
    }
}
