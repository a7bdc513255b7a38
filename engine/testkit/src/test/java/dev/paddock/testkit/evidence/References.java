package dev.paddock.testkit.evidence;

import dev.paddock.api.resource.ResourceId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The filters that the filters under test refer to. */
final class References {
    private static final List<String> OWN = List.of("referred-one", "referred-two");

    private References() {}

    /** Define, in each lab, filters of the names that the corpus refers to, and two more; return all the names. */
    static Set<String> define(List<String> uris) {
        var kind = Engine.kind("nwfilter");
        Set<String> names = new TreeSet<>(Corpus.references(Corpus.of(kind, "evidence")));
        names.addAll(OWN);
        for (var uri : uris) {
            try (var oracle = new Oracle(uri);
                    var engine = new Engine(uri)) {
                var present = engine.observed(kind).keySet();
                for (var name : names) {
                    if (!present.contains(name)) {
                        oracle.define(new ResourceId("nwfilter", name), "<filter name='" + name + "'/>");
                    }
                }
            }
        }
        return names;
    }
}
