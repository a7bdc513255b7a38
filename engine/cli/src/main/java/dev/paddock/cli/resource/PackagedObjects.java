package dev.paddock.cli.resource;

import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.plan.DocumentEquivalence;
import dev.paddock.host.machine.StockFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that libvirt's packages bring along, with a UUID that differs on each host: its network filters. One that
 * was changed by hand is none of them.
 */
final class PackagedObjects {
    private static final String FILTER = "nwfilter";

    private final Optional<Kind> filters;
    private final List<Element> documents = new ArrayList<>();

    PackagedObjects(List<Kind> kinds) {
        this.filters = kinds.stream().filter(kind -> kind.name().equals(FILTER)).findFirst();
        for (var text : StockFilters.read()) {
            try {
                documents.add(XmlReader.read(text).withoutChildren("uuid"));
            } catch (XmlException unreadable) {
                // A file that libvirt does not take either.
            }
        }
    }

    boolean contains(ResourceId id, Observed.Present present) {
        return id.kind().equals(FILTER)
                && filters.filter(kind -> documents.stream()
                                .filter(document -> kind.documentName(document)
                                        .filter(id.name()::equals)
                                        .isPresent())
                                .anyMatch(document -> new DocumentEquivalence(kind)
                                        .isFaithful(document, present.defined().withoutChildren("uuid"))))
                        .isPresent();
    }
}
