package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.NameResolver;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.link.ResourceLinks;
import dev.paddock.core.plan.DroppedFieldWarnings;
import dev.paddock.core.report.PlanReport;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.host.image.FileDigests;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.policy.PolicyCheck;
import dev.paddock.session.DocumentCheck;
import dev.paddock.session.Kinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock validate}: checks playbooks as far as possible without a host. */
public final class ValidateCommand implements Subcommand {
    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Check playbooks without looking at any host.");
        PlaybookOptions.addPlaybooks(spec, "PLAYBOOK", "The playbooks to check.");
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var kinds = Kinds.all();
        var bound = new Binder(kinds, FileDigests.ofUser()::sha256, NameResolver.STAND_IN)
                .bind(PlaybookOptions.request(invocation));
        List<Diagnostic> found = new ArrayList<>(bound.diagnostics());
        var check = new DocumentCheck();
        for (var resource : bound.resources()) {
            found.addAll(check.problems(resource));
        }
        if (!bound.hasErrors()) {
            for (var host : bound.hosts()) {
                var resources = on(host, bound);
                found.addAll(ResourceLinks.of(resources).cycles());
                var expected = bound.expectations().stream()
                        .filter(expectation -> expectation.host().uri().equals(host.uri()))
                        .toList();
                if (PolicyCheck.isNeeded(resources, expected)) {
                    found.addAll(PolicyCheck.of(NetworkTopology.declared(resources), resources, expected));
                }
            }
            for (var resource : bound.resources()) {
                found.addAll(DroppedFieldWarnings.warnings(resource));
            }
        }
        found = DocumentCheck.withoutEchoes(found, bound.resources());
        var isValid = found.stream().noneMatch(Diagnostic::isError);
        var console = invocation.console().withSecrets(bound.secrets());
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("valid", isValid);
            report.put("resources", bound.resources().size());
            report.put("diagnostics", found.stream().map(PlanReport::diagnostic).toList());
            console.printJson(report);
        } else {
            console.tell(found);
            if (isValid) {
                console.print("Success! The configuration is valid: "
                        + bound.resources().size()
                        + (bound.resources().size() == 1 ? " resource on " : " resources on ")
                        + bound.hosts().size() + (bound.hosts().size() == 1 ? " host." : " hosts."));
            }
        }
        return isValid ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static List<DeclaredResource> on(InventoryHost host, BindResult bound) {
        return bound.resources().stream()
                .filter(resource -> resource.host().equals(host))
                .toList();
    }
}
