package dev.paddock.reach.policy;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.net.IpAddress;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.xml.Element;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.Expectation;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.reach.firewall.BackendDifferences;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.PolicyHint;
import dev.paddock.reach.matrix.ReachHints;
import dev.paddock.reach.matrix.RuleHints;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The unasked checks of a playbook's filters: hints, and expectations that do not hold. */
public final class PolicyCheck {
    private static final String FILTER = "nwfilter";

    private final NetworkTopology landscape;
    private final Endpoints standpoints;
    private final Map<String, DeclaredResource> filters = new LinkedHashMap<>();
    private final Map<String, DeclaredResource> guests = new LinkedHashMap<>();
    private final Set<Diagnostic> found = new LinkedHashSet<>();

    private PolicyCheck(NetworkTopology landscape, List<DeclaredResource> resources) {
        this.landscape = landscape;
        this.standpoints = new Endpoints(landscape);
        for (var resource : resources) {
            if (resource.state() == DesiredState.ABSENT) {
                continue;
            }
            if (resource.id().kind().equals(FILTER)) {
                filters.put(resource.id().name(), resource);
            } else if (NetworkTopology.GUESTS.contains(resource.id().kind())) {
                guests.put(resource.id().toString(), resource);
            }
        }
    }

    /** Return whether there is anything to check. */
    public static boolean isNeeded(List<DeclaredResource> resources, List<Expectation> expectations) {
        return !expectations.isEmpty()
                || resources.stream().anyMatch(resource -> resource.id().kind().equals(FILTER));
    }

    /** Return diagnostics about the host, such as packet rules that it never evaluates. */
    public static List<Diagnostic> of(HostReader reader, List<DeclaredResource> resources) {
        return resources.stream()
                .filter(resource -> resource.id().kind().equals(FILTER)
                        && resource.state() != DesiredState.ABSENT
                        && looksAtPackets(resource.document()))
                .findFirst()
                .filter(first ->
                        !reader.filtersBridges() && reader.filterBackend().kind() == FilterBackend.Kind.IPTABLES)
                .map(first -> Diagnostic.warning(
                        Code.BRIDGE_FILTERING_OFF,
                        first.place(),
                        "On this host the kernel keeps what crosses bridges from the firewall, so the rules of the filter"
                                + " '" + first.id().name() + "' for tcp, udp, icmp and all do nothing.",
                        "sysctl -w net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1"))
                .stream()
                .toList();
    }

    private static boolean looksAtPackets(Element filter) {
        return FilterDefinition.of(filter).entries().stream()
                .anyMatch(entry ->
                        entry instanceof FilterEntry.One one && !one.rule().isForFrames());
    }

    public static List<Diagnostic> of(
            NetworkTopology landscape, List<DeclaredResource> resources, List<Expectation> expectations) {
        var check = new PolicyCheck(landscape, resources);
        check.rules();
        check.departures();
        check.unused();
        check.reach();
        check.found.addAll(broken(landscape, expectations));
        return List.copyOf(check.found);
    }

    /** Return the expectations that do not hold. */
    public static List<Diagnostic> broken(NetworkTopology landscape, List<Expectation> expectations) {
        var check = new ExpectationCheck(new Endpoints(landscape));
        return expectations.stream()
                .flatMap(expectation -> check.of(expectation).stream())
                .toList();
    }

    private void rules() {
        filters.keySet().forEach(name -> {
            var definition = standpoints.filters().get(name);
            if (definition != null) {
                RuleHints.of(definition).forEach(hint -> tell(hint, Optional.empty()));
            }
        });
    }

    /** Reports rules that the host's backend carries out in another way than written. */
    private void departures() {
        var backend = BackendNames.of(landscape.backend());
        filters.forEach(
                (name, resource) -> Optional.ofNullable(standpoints.filters().get(name))
                        .ifPresent(definition -> definition.entries().forEach(entry -> {
                            if (entry instanceof FilterEntry.One one) {
                                BackendDifferences.of(backend, one.rule())
                                        .forEach(why -> unfaithful(resource, one.rule(), why));
                            }
                        })));
    }

    private void unfaithful(DeclaredResource resource, FilterRule rule, String why) {
        found.add(Diagnostic.error(
                Code.FILTER_UNFAITHFUL,
                rulePlace(resource, rule.number()),
                "The host's filters are carried out by "
                        + BackendNames.of(landscape.backend()).word() + ", "
                        + landscape.backend().reason() + ". By that the rule '" + rule + "' is another. " + why,
                "Write the rule otherwise, or set firewall_backend = \"iptables\" in the host's"
                        + " /etc/libvirt/nwfilter.conf, and restart its libvirt."));
    }

    /** Return the position of a rule of a filter, counted from 1. */
    private static SourceLocation rulePlace(DeclaredResource resource, int number) {
        return resource.located().at("rules/" + (number - 1));
    }

    /** Skipped for a playbook without VMs: its filters are for the VMs of others. */
    private void unused() {
        if (guests.isEmpty()) {
            return;
        }
        Set<String> used = new LinkedHashSet<>(landscape.usedFilters());
        filters.forEach((name, resource) -> {
            if (!used.contains(name)) {
                found.add(Diagnostic.warning(
                        Code.FILTER_UNUSED,
                        resource.place(),
                        "The filter '" + name + "' is named by no guest and by no other filter that is declared here.",
                        "Name it on the interfaces that it is for, or remove it."));
            }
        });
    }

    private void reach() {
        for (var standpoint : standpoints.all()) {
            var guest = Optional.ofNullable(guests.get(guestName(standpoint.name())));
            if (standpoint.setting().build() instanceof FirewallBuild.Refused refused
                    && guest.isPresent()
                    && !refused.missingVariables().isEmpty()) {
                found.add(Diagnostic.warning(
                        Code.FILTER_UNUSABLE,
                        guest.get().place(),
                        "The guest will not start. " + refused.reason(),
                        "Give the parameters where the interface names the filter."));
            }
            unusable(standpoint);
            ReachHints.of(standpoint.setting(), hostAddresses(guest.isPresent()))
                    .forEach(hint -> tell(hint, guest.map(DeclaredResource::place)));
        }
    }

    /** The tools of this host may reject what those of another accept, and a VM with the filter would not start. */
    private void unusable(Endpoint standpoint) {
        if (landscape.backend().kind() == FilterBackend.Kind.NFTABLES
                && standpoint.setting().settled() instanceof FirewallBuild.Refused refused
                && refused.missingVariables().isEmpty()) {
            standpoint
                    .setting()
                    .filter()
                    .map(filters::get)
                    .ifPresent(resource -> found.add(Diagnostic.error(
                            Code.FILTER_UNUSABLE,
                            resource.place(),
                            "The host's filters are carried out by nftables, "
                                    + landscape.backend().reason() + ", and no guest behind this one would start. "
                                    + refused.reason(),
                            "Write it otherwise, or set firewall_backend = \"iptables\" in the host's"
                                    + " /etc/libvirt/nwfilter.conf, and restart its libvirt.")));
        }
    }

    /** For a VM that does not exist yet, the parameters that its interface will give to the filter are unknown. */
    private Optional<List<IpAddress>> hostAddresses(boolean isGuest) {
        return isGuest
                ? landscape.hostAddresses().map(all -> all.stream()
                        .flatMap(address -> IpAddress.parse(address).stream())
                        .toList())
                : Optional.of(List.of());
    }

    private static String guestName(String standpoint) {
        var number = standpoint.lastIndexOf('#');
        return number < 0 ? standpoint : standpoint.substring(0, number);
    }

    private void tell(PolicyHint hint, Optional<SourceLocation> guest) {
        var filter = Optional.ofNullable(filters.get(hint.filter()));
        var rule = filter.filter(resource -> hint.rule() > 0 && resource.spec().isPresent())
                .map(resource -> rulePlace(resource, hint.rule()));
        var place = hint.code() == Code.ADDRESS_LEARNED && guest.isPresent()
                ? guest
                : rule.or(() -> filter.map(DeclaredResource::place)).or(() -> guest);
        // One interface is enough to show the effect of a filter.
        place.filter(where -> found.stream()
                        .noneMatch(known -> known.code() == hint.code()
                                && known.place().filter(where::equals).isPresent()))
                .ifPresent(where -> found.add(Diagnostic.warning(hint.code(), where, hint.detail(), hint.fix())));
    }
}
