package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.kind.Kind;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Console;
import dev.paddock.cli.ExitCode;
import dev.paddock.cli.Invocation;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.bind.Bound;
import dev.paddock.core.bind.Target;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.Planner;
import java.util.ArrayList;
import java.util.List;

/** From the files of a command line to the plans of its hosts. */
final class Planning {
    private final HostConnector hosts;
    private final Planner planner;
    private final Bound bound;
    private final PlanOptions options;
    private final DocumentCheck check;

    private Planning(HostConnector hosts, List<Kind> kinds, Bound bound, PlanOptions options) {
        this.hosts = hosts;
        this.planner = new Planner(kinds);
        this.bound = bound;
        this.options = options;
        this.check = new DocumentCheck();
    }

    /** Read and bind the files; whoever made a mistake in them is told all of it, and the command ends. */
    static Planning of(Invocation invocation, HostConnector hosts, PlanOptions options) throws CommandException {
        var kinds = Kinds.all();
        var bound = bind(invocation, kinds);
        return new Planning(hosts, kinds, bound, options);
    }

    static Bound bind(Invocation invocation, List<Kind> kinds) throws CommandException {
        var bound = new Binder(kinds).bind(Selection.request(invocation));
        if (bound.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            throw new CommandException(ExitCode.FAILURE, bound.diagnostics());
        }
        return bound;
    }

    Console console(Console console) {
        return console.withSecrets(bound.secrets());
    }

    List<Diagnostic> warnings() {
        return bound.diagnostics();
    }

    int resourceCount() {
        return bound.resources().size();
    }

    List<Target> targets() {
        return bound.hosts();
    }

    /** Plan for every host; none is changed. */
    List<HostPlan> plans() throws CommandException {
        List<HostPlan> plans = new ArrayList<>();
        for (var target : bound.hosts()) {
            plans.add(plan(target));
        }
        return plans;
    }

    HostPlan plan(Target target) throws CommandException {
        var resources = bound.resources().stream()
                .filter(resource -> resource.host().equals(target))
                .toList();
        try (var reader = hosts.reader(target.uri())) {
            return check.checked(planner.plan(target, resources, options, reader), resources);
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    HostConnector hosts() {
        return hosts;
    }
}
