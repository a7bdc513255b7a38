package dev.paddock.reach.policy;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.host.machine.StockFilters;
import dev.paddock.nwfilter.NwfilterKind;
import dev.paddock.nwfilter.document.FilterDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The documents of one host that decide what passes, by name.
 *
 * @param filters the filters in question
 * @param guests VMs, and pools, each of which stands for its VMs, by kind and name: {@code vm/dev}
 * @param background filters that others may refer to: libvirt's own, or all of the host
 * @param backend the backend that carries out filters
 * @param hostAddresses the addresses of the host; absent without a host, or if the host does not report them
 */
public record NetworkTopology(
        Map<String, Element> networks,
        Map<String, Element> filters,
        Map<String, Element> guests,
        Map<String, Element> background,
        FilterBackend backend,
        Optional<List<String>> hostAddresses) {
    /** The kinds whose interfaces are evaluated. */
    static final List<String> GUESTS = List.of("vm", "pool");

    private static final FilterBackend NOWHERE = FilterBackend.assumed("as no host is looked at");

    public NetworkTopology {
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        guests = Collections.unmodifiableMap(new LinkedHashMap<>(guests));
        background = Collections.unmodifiableMap(new LinkedHashMap<>(background));
        hostAddresses = hostAddresses.map(List::copyOf);
    }

    /** Return the resources of playbooks, and nothing else. */
    public static NetworkTopology alone(List<DeclaredResource> resources) {
        return new NetworkTopology(
                of("network", resources),
                of("nwfilter", resources),
                guests(kind -> of(kind, resources)),
                Map.of(),
                NOWHERE,
                Optional.empty());
    }

    /** Return the resources of playbooks, with libvirt's own filters of this machine. */
    public static NetworkTopology declared(List<DeclaredResource> resources) {
        return new NetworkTopology(
                of("network", resources),
                of("nwfilter", resources),
                guests(kind -> of(kind, resources)),
                stock(),
                NOWHERE,
                Optional.empty());
    }

    /** Return the present state of a host. libvirt's own filters and Paddock's ledger are in the background. */
    public static NetworkTopology live(HostReader reader) {
        var filters = of("nwfilter", reader);
        Map<String, Element> own = new LinkedHashMap<>(filters);
        own.keySet().removeAll(stock().keySet());
        own.remove(NwfilterKind.LEDGER.name());
        return new NetworkTopology(
                of("network", reader),
                own,
                guests(kind -> of(kind, reader)),
                filters,
                reader.filterBackend(),
                reader.addresses());
    }

    /** Return this topology, with undeclared resources of the host in the background. */
    public NetworkTopology over(HostReader reader) {
        Map<String, Element> more = new LinkedHashMap<>(background);
        more.putAll(of("nwfilter", reader));
        Map<String, Element> all = new LinkedHashMap<>(of("network", reader));
        all.putAll(networks);
        return new NetworkTopology(all, filters, guests, more, reader.filterBackend(), reader.addresses());
    }

    /** Return this topology, completed with missing references that the host has. */
    public NetworkTopology completed(HostReader reader) {
        Map<String, Element> more = new LinkedHashMap<>(background);
        for (var missing = missingFilters(more); !missing.isEmpty(); missing = missingFilters(more)) {
            var read = of("nwfilter", reader, Optional.of(missing));
            if (read.isEmpty()) {
                break;
            }
            more.putAll(read);
        }
        Set<String> wanted = new LinkedHashSet<>();
        guests.values().forEach(guest -> interfaces(guest).forEach(port -> port.child("source")
                .flatMap(source -> source.attribute("network"))
                .filter(name -> !networks.containsKey(name))
                .ifPresent(wanted::add)));
        Map<String, Element> all =
                wanted.isEmpty() ? new LinkedHashMap<>() : of("network", reader, Optional.of(wanted));
        all.putAll(networks);
        return new NetworkTopology(all, filters, guests, more, reader.filterBackend(), reader.addresses());
    }

    /** Return this topology with another backend. */
    public NetworkTopology by(FilterBackend other) {
        return new NetworkTopology(networks, filters, guests, background, other, hostAddresses);
    }

    /** Return the filters that VMs or other filters refer to. */
    Set<String> usedFilters() {
        Set<String> used = new LinkedHashSet<>();
        guests.values().forEach(guest -> interfaces(guest).forEach(port -> references(port, used)));
        filters.values().forEach(filter -> references(filter, used));
        return used;
    }

    private Set<String> missingFilters(Map<String, Element> known) {
        Set<String> named = new LinkedHashSet<>(usedFilters());
        known.values().forEach(filter -> references(filter, named));
        named.removeIf(name -> filters.containsKey(name) || known.containsKey(name));
        return named;
    }

    private static void references(Element element, Set<String> names) {
        element.children("filterref")
                .forEach(reference -> reference.attribute("filter").ifPresent(names::add));
    }

    /** Return the interfaces of a VM. */
    static List<Element> interfaces(Element guest) {
        return guest.child("devices")
                .map(devices -> devices.children("interface"))
                .orElse(List.of());
    }

    /** Return all filters, as libvirt reads them. */
    public Map<String, FilterDefinition> definitions() {
        Map<String, FilterDefinition> all = new LinkedHashMap<>();
        background.forEach((name, document) -> all.put(name, FilterDefinition.of(document)));
        filters.forEach((name, document) -> all.put(name, FilterDefinition.of(document)));
        return all;
    }

    private static Map<String, Element> guests(Function<String, Map<String, Element>> of) {
        Map<String, Element> guests = new LinkedHashMap<>();
        GUESTS.forEach(kind -> of.apply(kind).forEach((name, document) -> guests.put(kind + "/" + name, document)));
        return guests;
    }

    private static Map<String, Element> of(String kind, List<DeclaredResource> resources) {
        Map<String, Element> documents = new LinkedHashMap<>();
        resources.stream()
                .filter(resource -> resource.id().kind().equals(kind) && resource.state() != DesiredState.ABSENT)
                .forEach(resource -> documents.put(resource.id().name(), resource.document()));
        return documents;
    }

    private static Map<String, Element> of(String kind, HostReader reader) {
        return of(kind, reader, Optional.empty());
    }

    private static Map<String, Element> of(String kind, HostReader reader, Optional<Set<String>> names) {
        Map<String, Element> documents = new LinkedHashMap<>();
        try {
            read(kind, reader, names, documents);
        } catch (HostException failure) {
            // A host without a driver for a kind has no resources of it.
            if (failure.failure() != HostException.Failure.UNSUPPORTED) {
                throw failure;
            }
        }
        return documents;
    }

    private static void read(
            String kind, HostReader reader, Optional<Set<String>> names, Map<String, Element> documents) {
        reader.read(kind, names).forEach((name, observed) -> {
            if (observed instanceof Observed.Present present) {
                documents.put(name, present.live().orElse(present.defined()));
            }
        });
    }

    private static Map<String, Element> stock() {
        Map<String, Element> documents = new LinkedHashMap<>();
        for (var text : StockFilters.read()) {
            stock(text)
                    .ifPresent(document -> document.attribute("name").ifPresent(name -> documents.put(name, document)));
        }
        return documents;
    }

    /** A damaged filter counts as missing, and references to it are reported. */
    private static Optional<Element> stock(String text) {
        try {
            return Optional.of(XmlReader.read(text));
        } catch (XmlException damaged) {
            return Optional.empty();
        }
    }
}
