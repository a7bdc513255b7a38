package dev.paddock.core.bind;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the resources of one play on one host can see of each other: its templates, and the specs bound so far.
 *
 * <p>Resources that are made from templates are deferred until the rest of the play is bound, so that the order of the
 * keys in a play does not matter.
 */
final class PlayScope {
    /** The resources of one kind, as a list in the play. */
    record DeferredList(Kind kind, YamlNode items, BindContext context) {}

    private final Map<String, List<Kind>> templateKinds;
    private final DiagnosticSink diagnostics;
    private final Expressions expressions;
    private final SourceFiles files;
    private final Map<String, ResourceTemplates> templates = new LinkedHashMap<>();
    private final Map<ResourceId, Value.Mapping> specs = new HashMap<>();
    private final List<DeferredList> deferred = new ArrayList<>();

    /** @param templateKinds the kinds that are made from templates, by the key of these in a play */
    PlayScope(
            Map<String, List<Kind>> templateKinds,
            DiagnosticSink diagnostics,
            Expressions expressions,
            SourceFiles files) {
        this.templateKinds = templateKinds;
        this.diagnostics = diagnostics;
        this.expressions = expressions;
        this.files = files;
    }

    /** Return the templates below a key of the play. */
    ResourceTemplates templates(String key) {
        return templates.computeIfAbsent(
                key,
                name -> new ResourceTemplates(
                        templateKinds.getOrDefault(name, List.of()), diagnostics, expressions, files));
    }

    void addSpec(ResourceId id, Value.Mapping spec) {
        specs.put(id, spec);
    }

    /** Return the spec of a resource; empty if it is not declared, or not bound yet. */
    Optional<Value.Mapping> spec(ResourceId id) {
        return Optional.ofNullable(specs.get(id));
    }

    void defer(Kind kind, YamlNode items, BindContext context) {
        deferred.add(new DeferredList(kind, items, context));
    }

    /** Return the lists to bind when the rest of the play is bound. */
    List<DeferredList> deferred() {
        return List.copyOf(deferred);
    }

    /** Report the errors of templates that no resource is made from. */
    void checkUnusedTemplates() {
        templates.values().forEach(ResourceTemplates::checkUnused);
    }
}
