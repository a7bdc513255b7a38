package dev.paddock.testkit.vm;

import dev.paddock.api.change.Change;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.apply.Applier;
import dev.paddock.core.apply.ApplyListener;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.RuleIndex;
import dev.paddock.core.load.YamlText;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.OwnershipMetadata;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.PlanStep;
import dev.paddock.core.plan.Planner;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.verify.Verification;
import dev.paddock.host.libvirt.LibvirtConnector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The engine, as the commands wire it, on a lab with guests. */
final class VmLab implements AutoCloseable {
    private static final PlanOptions DESTROY = new PlanOptions(false, false, true, Set.of());

    private final List<Kind> kinds = ServiceLoader.load(Kind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    private final InventoryHost host;
    private final Binder binder = new Binder(kinds);
    private final Planner planner = new Planner(kinds);
    private final HostReader reader;
    private final HostWriter writer;

    VmLab(String uri) {
        var connector = new LibvirtConnector();
        host = new InventoryHost("local", uri);
        reader = connector.reader(uri);
        writer = connector.writer(uri);
    }

    Kind kind() {
        return kinds.stream()
                .filter(kind -> kind.name().equals("vm"))
                .findFirst()
                .orElseThrow();
    }

    HostWriter writer() {
        return writer;
    }

    /** Define the networks and filters that a document refers to, where they are not there. */
    void provide(Element document) {
        for (var reference : kind().references(new ResourceId("vm", ""), document)) {
            var id = reference.to();
            // A storage pool that is missing is only warned of, as the VMs are stopped.
            if (!reference.required()
                    || id.kind().equals("storage")
                    || id.kind().equals("volume")
                    || reader.read(id.kind(), Optional.of(Set.of(id.name()))).get(id.name())
                            instanceof Observed.Present) {
                continue;
            }
            var root = Element.of(id.kind().equals("network") ? "network" : "filter");
            writer.perform(new Action.Define(
                    id,
                    XmlWriter.write(
                            id.kind().equals("network")
                                    ? root.plus(Element.of("name").withText(id.name()))
                                    : root.withAttribute("name", id.name()))));
        }
    }

    /** Define a network, where there is none of the name. */
    void provideNetwork(String name) {
        provide(Element.of("domain")
                .plus(Element.of("devices")
                        .plus(Element.of("interface")
                                .withAttribute("type", "network")
                                .plus(Element.of("source").withAttribute("network", name)))));
    }

    /** Return a playbook of one guest. */
    static String playbook(Element document, Map<String, Object> more) {
        Map<String, Object> guest = new LinkedHashMap<>();
        guest.put("xml", XmlWriter.write(document));
        guest.putAll(more);
        return YamlText.of(List.of(Map.of("vms", List.of(guest))));
    }

    HostPlan plan(String yaml) {
        return plan(yaml, PlanOptions.PLAIN);
    }

    private HostPlan plan(String yaml, PlanOptions options) {
        var bound = binder.bindText(yaml);
        return bound.hasErrors()
                ? new HostPlan(host, List.of(), bound.diagnostics())
                : planner.plan(host, bound.resources(), options, reader);
    }

    /** Apply, and return what went wrong. */
    List<String> apply(String yaml) {
        return apply(yaml, PlanOptions.PLAIN);
    }

    List<String> destroy(String yaml) {
        return apply(yaml, DESTROY);
    }

    private List<String> apply(String yaml, PlanOptions options) {
        var plan = plan(yaml, options);
        if (plan.hasErrors()) {
            return errors(plan.diagnostics());
        }
        if (plan.isEmpty()) {
            return List.of();
        }
        var outcomes = new Applier(writer, 2).apply(plan, new Silence(), () -> false);
        List<String> problems = new ArrayList<>();
        for (var outcome : outcomes) {
            if (outcome instanceof StepOutcome.Failed failed) {
                problems.add(failed.why().detail());
            }
        }
        problems.addAll(errors(Verification.of(outcomes, plan(yaml, options))));
        return problems;
    }

    Optional<Observed.Present> observed(String name) {
        return reader.read("vm", Optional.of(Set.of(name))).get(name) instanceof Observed.Present present
                ? Optional.of(present)
                : Optional.empty();
    }

    /** Return what differs between two of libvirt's own documents, but for names and what is drawn by lot. */
    List<Change> differ(Element one, Element other) {
        return new Differ(new RuleIndex(kind().rules()))
                        .differences(
                                NormalizedKind.of(kind()).comparable(OwnershipMetadata.strip(one)),
                                NormalizedKind.of(kind()).comparable(OwnershipMetadata.strip(other)),
                                Set.of(),
                                Change.Extent.DEFINED)
                        .stream()
                        .filter(change -> !Set.of("name", "uuid", "genid", "devices/interface/mac/@address", "os/nvram")
                                .contains(change.pattern()))
                        .toList();
    }

    /** Return what a plan tells, for people. */
    static String text(HostPlan plan) {
        return errors(plan.diagnostics())
                + plan.work().stream()
                        .flatMap(step -> step.changes().stream())
                        .map(change -> change.action() + " " + change.extent() + " " + change.path() + " "
                                + change.before().orElse("-") + " -> "
                                + change.after().orElse("-"))
                        .collect(Collectors.joining("; "));
    }

    private static List<String> errors(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::detail)
                .toList();
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private static final class Silence implements ApplyListener {
        @Override
        public void started(PlanStep step) {}

        @Override
        public void ended(StepOutcome outcome) {}
    }
}
