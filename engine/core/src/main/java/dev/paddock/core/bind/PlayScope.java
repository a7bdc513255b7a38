package dev.paddock.core.bind;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one play says on one host, as far as its resources see of one another: its templates, and what was said of whom.
 *
 * <p>Resources that are made from templates are bound when all else of the play is known, so that the order in which a
 * play says things means nothing.
 */
final class PlayScope {
    private record Later(Kind kind, YamlNode list, BindContext setting) {}

    private final Map<String, List<Kind>> templated;
    private final DiagnosticSink mistakes;
    private final Expressions expressions;
    private final Map<String, ResourceTemplates> templates = new LinkedHashMap<>();
    private final Map<ResourceId, Value.Mapping> said = new HashMap<>();
    private final List<Later> later = new ArrayList<>();

    /**
     * @param templated the kinds that are made from templates, by the key of these
     */
    PlayScope(Map<String, List<Kind>> templated, DiagnosticSink mistakes, Expressions expressions) {
        this.templated = templated;
        this.mistakes = mistakes;
        this.expressions = expressions;
    }

    ResourceTemplates templates(String key) {
        return templates.computeIfAbsent(
                key, name -> new ResourceTemplates(templated.getOrDefault(name, List.of()), mistakes, expressions));
    }

    void remember(ResourceId id, Value.Mapping spec) {
        said.put(id, spec);
    }

    Optional<Value.Mapping> said(ResourceId id) {
        return Optional.ofNullable(said.get(id));
    }

    void later(Kind kind, YamlNode list, BindContext setting) {
        later.add(new Later(kind, list, setting));
    }

    /** Bind what had to wait. */
    void finish(ResourceBinder resources) {
        later.forEach(each -> resources.bindAll(each.kind(), each.list(), each.setting(), this));
        templates.values().forEach(ResourceTemplates::checkUnused);
    }
}
