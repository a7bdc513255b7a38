package dev.paddock.testkit.storage;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.apply.Applier;
import dev.paddock.core.apply.ApplyListener;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.load.YamlText;
import dev.paddock.core.plan.HostPlan;
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

/** The engine as the commands wire it, on one lab. */
final class StorageLab implements AutoCloseable {
    static final PlanOptions DATA_LOSS = new PlanOptions(false, false, false, Set.of(), true);
    static final PlanOptions PRUNE = new PlanOptions(false, true, false, Set.of());
    static final PlanOptions DESTROY = new PlanOptions(false, false, true, Set.of());
    static final PlanOptions DESTROY_ALL = new PlanOptions(false, false, true, Set.of(), true);

    private static final int WORKERS = 4;
    private static final String SOME_UUID = "11111111-2222-4333-8444-555555555555";

    private final List<Kind> kinds = ServiceLoader.load(Kind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    private final Binder binder = new Binder(kinds);
    private final Planner planner = new Planner(kinds);
    private final InventoryHost host;
    final HostReader reader;
    final HostWriter writer;

    StorageLab(String uri) {
        host = new InventoryHost("local", uri);
        reader = new LibvirtConnector().reader(uri);
        writer = new LibvirtConnector().writer(uri);
    }

    /** Return the playbook of one pool, by its raw document. */
    static String playbook(String name, Element document, boolean active) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", name);
        item.put("state", active ? "active" : "inactive");
        item.put("validate", "false");
        item.put("xml", XmlWriter.write(document));
        return YamlText.of(List.of(Map.of("storage", List.of(item))));
    }

    HostPlan plan(String yaml) {
        return plan(yaml, PlanOptions.PLAIN);
    }

    HostPlan plan(String yaml, PlanOptions options) {
        var bound = binder.bindText(yaml);
        return bound.hasErrors()
                ? new HostPlan(host, List.of(), bound.diagnostics())
                : planner.plan(host, bound.resources(), Set.of("default"), options, reader);
    }

    /** Apply, and return what went wrong. */
    List<String> apply(String yaml) {
        return apply(yaml, PlanOptions.PLAIN);
    }

    List<String> apply(String yaml, PlanOptions options) {
        var plan = plan(yaml, options);
        if (plan.hasErrors()) {
            return errors(plan);
        }
        var outcomes = new Applier(writer, WORKERS).apply(plan, new Silence(), () -> false);
        List<String> problems = new ArrayList<>();
        for (var outcome : outcomes) {
            if (outcome instanceof StepOutcome.Failed failed) {
                problems.add(failed.why().detail());
            } else if (!(outcome instanceof StepOutcome.Done)) {
                problems.add(outcome.step().id() + " was not begun");
            }
        }
        Verification.of(outcomes, plan(yaml, options)).forEach(problem -> problems.add(problem.detail()));
        return problems;
    }

    static List<String> errors(HostPlan plan) {
        return plan.diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::detail)
                .toList();
    }

    /** Return what a plan would do, for people. */
    static String text(HostPlan plan) {
        return errors(plan) + " "
                + plan.work().stream()
                        .map(step -> step.id() + " " + step.operation() + " "
                                + step.changes().stream()
                                        .map(change -> change.action() + " " + change.path() + " "
                                                + change.before().orElse("-") + " -> "
                                                + change.after().orElse("-"))
                                        .toList())
                        .collect(Collectors.joining("; "));
    }

    Optional<Observed.Present> pool(String name) {
        return reader.read("storage", Optional.of(Set.of(name))).get(name) instanceof Observed.Present present
                ? Optional.of(present)
                : Optional.empty();
    }

    Optional<Observed.Present> volume(String name) {
        return reader.read("volume", Optional.of(Set.of(name))).get(name) instanceof Observed.Present present
                ? Optional.of(present)
                : Optional.empty();
    }

    void remove(String pool) {
        var id = new ResourceId("storage", pool);
        writer.perform(new Action.Stop(id));
        writer.perform(new Action.Undefine(id));
    }

    /** Return what libvirt itself makes of a document, or empty when it refuses it; the engine has no part in it. */
    Optional<Element> ask(Element document) {
        var kind = kinds.stream()
                .filter(each -> each.name().equals("storage"))
                .findFirst()
                .orElseThrow();
        var name = kind.documentName(document).orElse("");
        var id = new ResourceId("storage", name);
        try {
            writer.perform(new Action.Define(id, XmlWriter.write(kind.identified(document, SOME_UUID)), false));
            var dump = pool(name).map(Observed.Present::defined);
            writer.perform(new Action.Undefine(id));
            return dump;
        } catch (HostException refused) {
            return Optional.empty();
        }
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
