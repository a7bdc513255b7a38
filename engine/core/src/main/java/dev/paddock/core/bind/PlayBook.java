package dev.paddock.core.bind;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.core.load.Node;
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
final class PlayBook {
    private record Later(Kind kind, Node list, Setting setting) {}

    private final Map<String, List<Kind>> templated;
    private final Mistakes mistakes;
    private final Expressions expressions;
    private final Map<String, TemplateBook> templates = new LinkedHashMap<>();
    private final Map<ResourceId, Value.Mapping> said = new HashMap<>();
    private final List<Later> later = new ArrayList<>();

    /**
     * @param templated the kinds that are made from templates, by the key of these
     */
    PlayBook(Map<String, List<Kind>> templated, Mistakes mistakes, Expressions expressions) {
        this.templated = templated;
        this.mistakes = mistakes;
        this.expressions = expressions;
    }

    TemplateBook templates(String key) {
        return templates.computeIfAbsent(
                key, name -> new TemplateBook(templated.getOrDefault(name, List.of()), mistakes, expressions));
    }

    void remember(ResourceId id, Value.Mapping spec) {
        said.put(id, spec);
    }

    Optional<Value.Mapping> said(ResourceId id) {
        return Optional.ofNullable(said.get(id));
    }

    void later(Kind kind, Node list, Setting setting) {
        later.add(new Later(kind, list, setting));
    }

    /** Bind what had to wait. */
    void finish(ResourceBinding resources) {
        later.forEach(each -> resources.bindAll(each.kind(), each.list(), each.setting(), this));
        templates.values().forEach(TemplateBook::checkUnused);
    }
}
