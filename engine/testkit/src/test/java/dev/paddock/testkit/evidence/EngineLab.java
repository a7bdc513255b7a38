package dev.paddock.testkit.evidence;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.apply.Applier;
import dev.paddock.core.apply.ApplyListener;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.load.YamlText;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.PlanStep;
import dev.paddock.core.plan.Planner;
import dev.paddock.core.resource.DeclaredResource;
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

/** The engine as the commands wire it, on one lab. */
final class EngineLab implements AutoCloseable {
    private static final PlanOptions PRUNE = new PlanOptions(false, true, false, Set.of());
    private static final PlanOptions DESTROY = new PlanOptions(false, false, true, Set.of());
    private static final int WORKERS = 4;

    private final List<Kind> kinds = kinds();
    private final InventoryHost host;
    private final Binder binder = new Binder(kinds);
    private final Planner planner = new Planner(kinds);
    private final HostReader reader;
    private final HostWriter writer;

    EngineLab(String uri) {
        var connector = new LibvirtConnector();
        host = new InventoryHost("local", uri);
        reader = connector.reader(uri);
        writer = connector.writer(uri);
    }

    static List<Kind> kinds() {
        return ServiceLoader.load(Kind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static Kind kind(String name) {
        return kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What applying came to: nothing at all when it went as it should. */
    record Applied(HostPlan plan, List<String> problems) {}

    HostPlan plan(DeclaredItem... items) {
        return plan(yaml(List.of(items)), PlanOptions.PLAIN);
    }

    HostPlan plan(String yaml) {
        return plan(yaml, PlanOptions.PLAIN);
    }

    Applied apply(DeclaredItem... items) {
        return apply(yaml(List.of(items)), PlanOptions.PLAIN);
    }

    Applied apply(String yaml) {
        return apply(yaml, PlanOptions.PLAIN);
    }

    Applied applyAndPrune(String yaml) {
        return apply(yaml, PRUNE);
    }

    Applied destroy(DeclaredItem... items) {
        return apply(yaml(List.of(items)), DESTROY);
    }

    /** Return what the host has, with nothing hidden. */
    Map<String, Observed> observed(Kind kind) {
        return reader.read(kind.name(), Optional.empty());
    }

    Optional<Observed.Present> observed(ResourceId id) {
        return reader.read(id.kind(), Optional.of(Set.of(id.name()))).get(id.name()) instanceof Observed.Present present
                ? Optional.of(present)
                : Optional.empty();
    }

    private HostPlan plan(String yaml, PlanOptions options) {
        var bound = binder.bindText(yaml);
        if (bound.hasErrors()) {
            return new HostPlan(host, List.of(), bound.diagnostics());
        }
        return planner.plan(host, bound.resources(), options, reader);
    }

    /** Bind, or fail with what is wrong. */
    List<DeclaredResource> bind(String yaml) {
        var bound = binder.bindText(yaml);
        if (bound.hasErrors()) {
            throw new IllegalStateException(bound.diagnostics() + "\n" + yaml);
        }
        return bound.resources();
    }

    /** Carry out a plan that was made of an item. */
    Applied apply(HostPlan plan, DeclaredItem item) {
        return apply(plan, yaml(List.of(item)), PlanOptions.PLAIN);
    }

    private Applied apply(String yaml, PlanOptions options) {
        return apply(plan(yaml, options), yaml, options);
    }

    private Applied apply(HostPlan plan, String yaml, PlanOptions options) {
        if (plan.hasErrors()) {
            return new Applied(plan, texts(plan.diagnostics()));
        }
        if (plan.isEmpty()) {
            return new Applied(plan, List.of());
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
        problems.addAll(texts(Verification.of(outcomes, plan(yaml, options))));
        return new Applied(plan, problems);
    }

    private static List<String> texts(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::detail)
                .toList();
    }

    static String yaml(List<DeclaredItem> items) {
        Map<String, Object> play = new LinkedHashMap<>();
        for (var kind : kinds()) {
            var own = items.stream()
                    .filter(item -> item.kind().name().equals(kind.name()))
                    .map(DeclaredItem::yaml)
                    .toList();
            if (!own.isEmpty()) {
                play.put(kind.key(), own);
            }
        }
        return YamlText.of(List.of(play));
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
