package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlWriting;
import dev.paddock.core.bind.Declared;
import dev.paddock.core.bind.Identity;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.host.validate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds documents against libvirt's own schemas, as libvirt itself does, before the first of them is written. */
final class DocumentCheck {
    private static final String FIX = "Compare with libvirt's documentation of the format, and correct the declaration."
            + " Where libvirt knows more than its schema, set validate: false: what it drops is then found by reading"
            + " back.";

    private final LibvirtSchemas schemas = new LibvirtSchemas();

    /** Return the plan with what its documents violate added to what stands in its way. */
    HostPlan checked(HostPlan plan, List<Declared> resources) {
        var byId = resources.stream().collect(Collectors.toMap(Declared::id, Function.identity(), (a, b) -> a));
        List<Diagnostic> found = new ArrayList<>(plan.diagnostics());
        for (var step : plan.work()) {
            for (var action : step.actions()) {
                var declared = byId.get(step.id());
                if (action instanceof Action.Define define && declared != null) {
                    found.addAll(problems(declared, define.xml()));
                }
            }
        }
        return new HostPlan(plan.host(), plan.steps(), found);
    }

    /** Return what a declared document violates by itself. */
    List<Diagnostic> problems(Declared resource) {
        var uuid = resource.uuid().orElse(Identity.uuid(resource.project(), resource.id()));
        // What is left to the host is as good as any of what it may decide.
        var document = resource.kind().accelerated(resource.document(), false);
        return problems(resource, XmlWriting.write(resource.kind().identified(document, uuid)));
    }

    private List<Diagnostic> problems(Declared resource, String xml) {
        var schema = resource.kind().libvirtSchema();
        if (schema.isEmpty()) {
            return List.of();
        }
        var problems =
                switch (schemas.check(schema.get(), xml)) {
                    case Verdict.Checked checked -> checked.problems();
                    // libvirt itself checks again when the document is defined.
                    case Verdict.NotChecked unchecked -> List.<String>of();
                };
        return problems.stream()
                .map(problem -> new Diagnostic(
                        Code.SCHEMA_VIOLATION,
                        resource.validate() ? Severity.ERROR : Severity.WARNING,
                        Optional.of(resource.place()),
                        "libvirt's schema does not accept the document of " + resource.id() + ": " + sentence(problem)
                                + " Without its schema libvirt drops or changes silently what it does not know.",
                        Optional.of(FIX)))
                .toList();
    }

    /** libxml2 ends what it says with a period or not. */
    private static String sentence(String problem) {
        return problem.endsWith(".") ? problem : problem + ".";
    }
}
