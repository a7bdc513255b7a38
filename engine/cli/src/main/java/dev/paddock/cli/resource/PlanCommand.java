package dev.paddock.cli.resource;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.planfile.SavedPlan;
import dev.paddock.core.report.Json;
import dev.paddock.core.report.PlanReport;
import dev.paddock.session.PlanSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock plan}: shows what apply would do, without changes. */
public final class PlanCommand implements Subcommand {
    private static final String OUT = "--out";
    private static final String DETAILED = "--detailed-exitcode";
    private static final String DESTROY = "--destroy";

    private final Supplier<HostConnector> hosts;

    public PlanCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage().description("Show the difference between playbooks and the host. Nothing is changed.");
        PlaybookOptions.addPlaybooks(spec, "PLAYBOOK", "The playbooks to plan.");
        PlaybookOptions.addChoices(spec);
        spec.addOption(OptionSpecs.value("FILE", "Save the plan, for paddock apply FILE.", OUT));
        spec.addOption(OptionSpecs.flag("Exit with 2 when there are changes, 0 when there are none.", DETAILED));
        spec.addOption(OptionSpecs.flag("Plan the removal of all that is declared.", DESTROY));
        spec.addOption(OptionSpecs.flag("Taken for Ansible's sake: a plan always shows the difference.", "--diff"));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var options = PlaybookOptions.options(invocation, invocation.has(DESTROY));
        var planning = PlaybookOptions.open(invocation, hosts.get(), options);
        var plans = planning.plans();
        var out = invocation.value(OUT);
        var hasErrors = plans.stream().anyMatch(HostPlan::hasErrors);
        if (out.isPresent() && !hasErrors) {
            save(invocation, planning, plans, PlaybookOptions.path(out.get()));
        }
        show(invocation, planning, plans);
        if (hasErrors) {
            return exitCode(plans);
        }
        out.ifPresent(file ->
                invocation.console().tell("Saved the plan. To carry out exactly this, run: paddock apply " + file));
        var changes = plans.stream().anyMatch(plan -> !plan.isEmpty());
        return invocation.has(DETAILED) && changes ? ExitCode.CHANGES : ExitCode.OK;
    }

    /** Return the exit code of plans: an error if they cannot be applied, otherwise success. */
    static int exitCode(List<HostPlan> plans) {
        return ExitCode.of(
                plans.stream().flatMap(plan -> plan.diagnostics().stream()).toList());
    }

    /** Print plans in the requested format. */
    static void show(Invocation invocation, PlanSession planning, List<HostPlan> plans) {
        var console = invocation.console().withSecrets(planning.secrets());
        if (invocation.globals().output() == Format.JSON) {
            var report = PlanReport.of(plans);
            report.put("names", planning.names());
            report.put(
                    "diagnostics",
                    planning.warnings().stream().map(PlanReport::diagnostic).toList());
            console.printJson(report);
        } else {
            console.write(PlanText.of(plans, planning.names(), planning.ledger(), console.outputPaint()));
            console.tell(planning.warnings());
            plans.forEach(plan -> console.tell(plan.diagnostics()));
        }
    }

    private static void save(Invocation invocation, PlanSession planning, List<HostPlan> plans, Path file)
            throws CommandException {
        Map<String, String> digests = new LinkedHashMap<>();
        plans.forEach(plan -> digests.put(plan.host().name(), plan.digest()));
        var saved = new SavedPlan(SavedArguments.of(invocation, planning.secrets()), digests);
        var console = invocation.console().withSecrets(planning.secrets());
        var json = Json.write(saved.content(console.withoutSecrets(PlanReport.withoutDocuments(plans)))) + "\n";
        try {
            var folder = file.toAbsolutePath().getParent();
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var draft = Files.createTempFile(folder, ".plan-", ".json", owner);
            try {
                Files.write(draft, json.getBytes(StandardCharsets.UTF_8));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failure) {
            throw FileWriteFailure.of(
                    "The plan cannot be saved as " + file,
                    failure,
                    "Give a file in a folder that exists, can be written, and has room.");
        }
    }
}
