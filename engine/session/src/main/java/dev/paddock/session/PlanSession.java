package dev.paddock.session;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.bind.BindRequest;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.Planner;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.rollout.Rollout;
import dev.paddock.host.image.FileDigests;
import dev.paddock.host.machine.TestedLibvirt;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.policy.PolicyCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Turns playbooks into the plans for their hosts. */
public final class PlanSession {
    private final HostConnector hosts;
    private final Planner planner;
    private final BindResult bound;
    private final PlanOptions options;
    private final DocumentCheck check;
    private final OutputMask sensitive;
    private final HostThreads threads;
    private final Set<InventoryHost> greeted = ConcurrentHashMap.newKeySet();

    private PlanSession(
            HostConnector hosts, List<Kind> kinds, BindResult bound, PlanOptions options, HostThreads threads) {
        this.threads = threads;
        this.hosts = hosts;
        this.planner = new Planner(kinds);
        this.bound = bound;
        this.options = options;
        this.check = new DocumentCheck();
        var redaction = Redaction.NONE.plus(bound.secrets());
        this.sensitive = new OutputMask(text -> !text.equals(redaction.apply(text)), bound.secretValues());
    }

    /**
     * Read and bind playbooks, and start to read their hosts.
     *
     * @param kinds what playbooks can declare, usually {@link Kinds#all()}
     * @throws PlaybookException if the playbooks contain errors, with all of them
     */
    public static PlanSession open(List<Kind> kinds, HostConnector hosts, BindRequest request, PlanOptions options)
            throws PlaybookException {
        return open(kinds, hosts, request, options, HostThreads.STANDARD);
    }

    /** Read and bind playbooks, to plan for that many hosts at a time. */
    public static PlanSession open(
            List<Kind> kinds, HostConnector hosts, BindRequest request, PlanOptions options, HostThreads threads)
            throws PlaybookException {
        var ahead = new ReadAhead(hosts);
        var bound = new Binder(kinds, FileDigests.ofUser()::sha256, names(hosts, options)).bind(request, ahead);
        var session = new PlanSession(ahead, kinds, bound, options.without(bound.incomplete()), threads);
        if (bound.hasErrors()) {
            var mistakes = session.mistakes();
            ahead.close();
            throw new PlaybookException(mistakes);
        }
        return session;
    }

    /** Resources are removed whether or not their host names still resolve. */
    private static NameResolver names(HostConnector hosts, PlanOptions options) {
        return options.destroy() ? NameResolver.STAND_IN : hosts.names();
    }

    /** Return the errors in the playbooks, with what can be told about the rest of them. */
    private List<Diagnostic> mistakes() {
        List<Diagnostic> found = new ArrayList<>(bound.diagnostics());
        // A remote host may ask for a password, or respond slowly.
        bound.hosts().stream()
                .filter(host -> host.uri().contains(":///"))
                .flatMap(host -> plan(host).diagnostics().stream())
                .filter(mistake -> mistake.isError() && isCertain(mistake.code()) && !found.contains(mistake))
                .forEach(found::add);
        return DocumentCheck.withoutEchoes(found, bound.resources());
    }

    /** Return whether an error of a plan is none only because resources with errors are missing in it. */
    private static boolean isCertain(Code code) {
        return code == Code.HOST_LACKS || code == Code.SCHEMA_VIOLATION || code == Code.UNKNOWN_REFERENCE;
    }

    /** Return the addresses of the host names in filters, as resolved for these plans. */
    public Map<String, List<String>> names() {
        return options.destroy() ? Map.of() : bound.names();
    }

    /** Return the object that stores Paddock's records on a host. */
    public Optional<ResourceId> ledger() {
        return planner.ledger();
    }

    public Set<String> secrets() {
        return bound.secrets();
    }

    public List<Diagnostic> warnings() {
        return bound.diagnostics();
    }

    /** Return the order in which the hosts are changed. */
    public Rollout rollout() {
        return bound.rollout();
    }

    HostThreads threads() {
        return threads;
    }

    public int resourceCount() {
        return bound.resources().size();
    }

    public List<InventoryHost> targets() {
        return bound.hosts();
    }

    /**
     * Plan for every host, without changes. If a host does not respond, its plan says so, and the plans of other hosts
     * do not.
     */
    public List<HostPlan> plans() {
        return threads.map(bound.hosts(), this::plan);
    }

    public HostPlan plan(InventoryHost target) {
        var resources = bound.resources().stream()
                .filter(resource -> resource.host().equals(target))
                .toList();
        var projects = bound.projects().getOrDefault(target, Set.of());
        try (var reader = hosts.reader(target.uri())) {
            var plan = withPolicy(
                    withVersion(
                            check.checked(
                                    planner.plan(target, resources, projects, options, reader), resources, reader),
                            reader),
                    resources,
                    reader);
            return bound.secrets().isEmpty() ? plan : sensitive.hidden(plan);
        } catch (HostException failure) {
            var why = bound.hosts().size() > 1 ? HostFailure.of(failure, target) : HostFailure.of(failure);
            return new HostPlan(target, List.of(), List.of(why));
        }
    }

    /** Adds the diagnostics about the libvirt version once per run, but not again when the result is verified. */
    private HostPlan withVersion(HostPlan plan, HostReader reader) {
        if (!greeted.add(plan.host())) {
            return plan;
        }
        List<Diagnostic> found = new ArrayList<>(plan.diagnostics());
        TestedLibvirt.warning(reader.info()).ifPresent(found::add);
        return new HostPlan(plan.host(), plan.steps(), found);
    }

    /** Resources that are removed are not subject to the policy. */
    private HostPlan withPolicy(HostPlan plan, List<DeclaredResource> resources, HostReader reader) {
        var expected = bound.expectations().stream()
                .filter(expectation ->
                        expectation.host().uri().equals(plan.host().uri()))
                .toList();
        if (options.destroy() || !PolicyCheck.isNeeded(resources, expected)) {
            return plan;
        }
        List<Diagnostic> found = new ArrayList<>(plan.diagnostics());
        found.addAll(PolicyCheck.of(reader, resources));
        found.addAll(PolicyCheck.of(NetworkTopology.alone(resources).completed(reader), resources, expected));
        return new HostPlan(plan.host(), plan.steps(), found);
    }

    /** Return the connections to the hosts. What was read ahead is used once. */
    public HostConnector hosts() {
        return hosts;
    }
}
