package dev.paddock.vm.document;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The document of a VM in the form that libvirt accepts. */
public final class VmDefinition {
    /**
     * libvirt's schema allows these elements in any order, but libxml2, which validates, accepts them only without
     * other elements in between.
     */
    private static final List<String> FIRST = List.of("name", "uuid", "genid", "title", "description", "metadata");

    private VmDefinition() {}

    /** Return the document without the parts that describe only a running VM, which libvirt's schema rejects. */
    public static Element of(Element guest) {
        List<Element> children = new ArrayList<>(guest.children());
        children.sort(Comparator.comparingInt(VmDefinition::rank));
        return guest.withoutAttribute("id").withChildren(children);
    }

    private static int rank(Element child) {
        var index = child.name().space().isEmpty() ? FIRST.indexOf(child.name().local()) : -1;
        return index < 0 ? FIRST.size() : index;
    }
}
