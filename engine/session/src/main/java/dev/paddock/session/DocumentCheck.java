package dev.paddock.session;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.resource.ResourceUuid;
import dev.paddock.host.validate.HostSchemas;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.host.validate.SchemaVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks documents against the schemas of the target libvirt, before the first of them is written. */
public final class DocumentCheck {
    private static final String FIX = "Compare with libvirt's documentation of the format, and correct the declaration."
            + " Where libvirt knows more than its schema, set validate: false: what it drops is then found by reading"
            + " back.";

    private final Map<InventoryHost, HostSchemas> offline = new HashMap<>();
    private final HostSchemas own = new HostSchemas.There(new LibvirtSchemas());

    /** Return the plan, with the violations in its documents added to its diagnostics. */
    synchronized HostPlan checked(HostPlan plan, List<DeclaredResource> resources, HostReader reader) {
        var byId = resources.stream().collect(Collectors.toMap(DeclaredResource::id, Function.identity(), (a, b) -> a));
        List<Diagnostic> found = new ArrayList<>(plan.diagnostics());
        Optional<HostSchemas> schemas = Optional.empty();
        Optional<String> unchecked = Optional.empty();
        for (var step : plan.work()) {
            for (var action : step.actions()) {
                var declared = byId.get(step.id());
                if (action instanceof Action.Define define && declared != null && isChecked(declared)) {
                    var those = schemas.orElseGet(() ->
                            HostSchemas.of(plan.host().uri(), reader.info().version()));
                    schemas = Optional.of(those);
                    switch (verdict(declared, define.xml(), those)) {
                        case SchemaVerdict.Checked(var problems) ->
                            problems.forEach(problem -> found.add(violation(declared, problem, strictness(declared))));
                        // libvirt itself validates again when the document is defined.
                        case SchemaVerdict.NotChecked(var why) -> unchecked = Optional.of(why);
                    }
                }
            }
        }
        unchecked.map(why -> unchecked(plan.host(), why)).ifPresent(found::add);
        return new HostPlan(plan.host(), plan.steps(), withoutEchoes(found, resources));
    }

    /**
     * Return the violations in a declared document, as far as they are known without its host: the schemas of this
     * machine do not apply to documents for another one.
     */
    public List<Diagnostic> problems(DeclaredResource resource) {
        var uuid = resource.uuid().orElse(ResourceUuid.uuid(resource.project(), resource.id()));
        // Both choices of the host are valid.
        var document = resource.kind() instanceof AcceleratedKind accelerated
                ? accelerated.accelerated(resource.document(), false)
                : resource.document();
        if (!isChecked(resource)) {
            return List.of();
        }
        var schemas = offline.computeIfAbsent(
                resource.host(), host -> HostSchemas.offline(host.uri()).orElse(own));
        var severity = schemas.equals(own) ? Severity.WARNING : strictness(resource);
        var xml = XmlWriter.write(resource.kind().identified(document, uuid));
        return switch (verdict(resource, xml, schemas)) {
            case SchemaVerdict.Checked(var problems) ->
                problems.stream()
                        .map(problem -> violation(resource, problem, severity))
                        .toList();
            case SchemaVerdict.NotChecked unchecked -> List.of();
        };
    }

    /**
     * Return the diagnostics without violations of the schema in resources that have another error: that error names the
     * field, and is mostly the reason.
     */
    public static List<Diagnostic> withoutEchoes(List<Diagnostic> found, List<DeclaredResource> resources) {
        var starts = resources.stream().map(DeclaredResource::place).collect(Collectors.toCollection(TreeSet::new));
        var told = found.stream()
                .filter(diagnostic -> diagnostic.isError() && diagnostic.code() != Code.SCHEMA_VIOLATION)
                .flatMap(diagnostic -> diagnostic.place().stream())
                .map(starts::floor)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return found.stream()
                .filter(diagnostic -> diagnostic.code() != Code.SCHEMA_VIOLATION
                        || diagnostic.place().filter(told::contains).isEmpty())
                .toList();
    }

    private static boolean isChecked(DeclaredResource resource) {
        return resource.kind().libvirtSchema().isPresent();
    }

    private static SchemaVerdict verdict(DeclaredResource resource, String xml, HostSchemas schemas) {
        return schemas.check(resource.kind().libvirtSchema().orElseThrow(), xml);
    }

    private static Severity strictness(DeclaredResource resource) {
        return resource.validate() ? Severity.ERROR : Severity.WARNING;
    }

    private static Diagnostic violation(DeclaredResource resource, String problem, Severity severity) {
        return new Diagnostic(
                Code.SCHEMA_VIOLATION,
                severity,
                Optional.of(resource.place()),
                "libvirt's schema does not accept the document of " + resource.id() + ": " + sentence(problem)
                        + " Without its schema libvirt drops or changes silently what it does not know.",
                Optional.of(FIX));
    }

    private static Diagnostic unchecked(InventoryHost host, String why) {
        return Diagnostic.warning(
                Code.SCHEMAS_MISSING,
                "The documents for " + host.name() + " cannot be checked before they are written: " + sentence(why)
                        + " libvirt checks each as it is written, and what it keeps is read back.",
                "Nothing has to be done. To know before, run paddock on the host itself, or let ssh in without a"
                        + " password.");
    }

    /** Ends a message of libxml2 with a period, as some of them do not. */
    private static String sentence(String problem) {
        return problem.endsWith(".") ? problem : problem + ".";
    }
}
