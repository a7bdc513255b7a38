package dev.paddock.testkit.evidence;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.libvirt.LibvirtConnector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The filters that the filters under test refer to. */
final class ReferencedFilters {
    private static final String KIND = "nwfilter";
    private static final List<String> OWN = List.of("referred-one", "referred-two");

    private ReferencedFilters() {}

    /** Return the names of those that the corpus refers to, where it is at hand, and of two more. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(Corpus.references());
        names.addAll(OWN);
        return names;
    }

    /** Define them in a lab. */
    static void define(String uri) {
        var connector = new LibvirtConnector();
        try (var reader = connector.reader(uri);
                var writer = connector.writer(uri)) {
            var present = reader.read(KIND, Optional.empty()).keySet();
            for (var name : names()) {
                if (!present.contains(name)) {
                    writer.perform(new Action.Define(new ResourceId(KIND, name), "<filter name='" + name + "'/>"));
                }
            }
        }
    }
}
