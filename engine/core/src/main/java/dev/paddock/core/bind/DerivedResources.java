package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.core.resource.DeclaredResource.Origin;
import dev.paddock.core.resource.ResourceUuid;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.template.DocumentRenderer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Expands the shorthand of resources, and registers the resources and contributions that it stands for. */
final class DerivedResources {
    private final Map<String, Kind> kinds = new HashMap<>();
    private final DocumentRenderer documents;
    private final ResolvedNames names;
    private final DeclarationRegistry registry;
    private final DiagnosticSink diagnostics;

    DerivedResources(
            Collection<Kind> kinds,
            DocumentRenderer documents,
            ResolvedNames names,
            DeclarationRegistry registry,
            DiagnosticSink diagnostics) {
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
        this.documents = documents;
        this.names = names;
        this.registry = registry;
        this.diagnostics = diagnostics;
    }

    /**
     * Return the spec of a resource with its shorthand expanded; empty, with errors reported, if that is impossible.
     *
     * @param spec with its name
     * @param id of the resource, with the name of its container
     */
    Optional<Value.Mapping> expand(ResourceItem item, Value.Mapping spec, ResourceId id, DesiredState state) {
        item.play().addSpec(id, spec);
        var project = item.context().project();
        var uuid = spec.text("uuid")
                .orElse(ResourceUuid.uuid(
                        project,
                        spec.text("renamed_from")
                                .map(name -> new ResourceId(id.kind(), name))
                                .orElse(id)));
        var expansion = ShorthandKind.of(item.kind())
                .expand(spec, new ExpansionContext(project, uuid, names, item.play()::spec));
        expansion.mistakes().forEach(diagnostics::add);
        if (expansion.mistakes().stream().anyMatch(Diagnostic::isError)) {
            return Optional.empty();
        }
        expansion.derived().forEach(derived -> derive(item, derived, state));
        if (state != DesiredState.ABSENT) {
            expansion
                    .contributions()
                    .forEach(contribution ->
                            registry.addContribution(item.context().host(), contribution));
        }
        return Optional.of(expansion.spec());
    }

    private void derive(ResourceItem item, DerivedResource derived, DesiredState state) {
        if (state == DesiredState.ABSENT && derived.shared()) {
            return;
        }
        var kind = kinds.get(derived.kind());
        if (kind == null) {
            throw new IllegalStateException("A resource stands for one of the unknown kind " + derived.kind()
                    + ". This is a bug in this tool.");
        }
        var spec = derived.spec().text("name").isPresent()
                ? derived.spec()
                : derived.spec().with("name", Value.Scalar.of(derived.spec().place(), derived.name()));
        var fullName = derived.within().map(container -> container + "/").orElse("") + derived.name();
        documents
                .rendered(kind, spec, item.context().templates())
                .map(document -> item.declareDerived(
                        kind,
                        new ResourceId(kind.name(), ContainedKind.of(kind).objectName(fullName, document)),
                        kind.named(document, derived.name()),
                        CommonKeys.derived(kind, state),
                        spec.text("uuid"),
                        derived.shared() ? Origin.SHARED : Origin.DERIVED))
                .ifPresent(registry::addResource);
    }
}
