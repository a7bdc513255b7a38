package dev.paddock.vm.document;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A guest's document as libvirt is given it. */
public final class VmDefinition {
    /** libvirt's schema takes these in any order, and libxml2, which checks it, only when nothing stands between. */
    private static final List<String> FIRST = List.of("name", "uuid", "genid", "title", "description", "metadata");

    private VmDefinition() {}

    /** Return the document without what only tells of a running guest, which libvirt's schema refuses. */
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
