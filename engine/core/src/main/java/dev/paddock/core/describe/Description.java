package dev.paddock.core.describe;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.diff.SecretMask;
import dev.paddock.core.expression.Literal;
import dev.paddock.core.load.YamlText;
import dev.paddock.core.plan.DocumentEquivalence;
import dev.paddock.core.plan.OwnershipMetadata;
import dev.paddock.core.resource.DeclaredResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes the objects of a host as items of a playbook. */
public final class Description {
    private final Kind kind;
    private final Binder binder;
    private final DocumentEquivalence equivalence;
    private final SecretMask secrets;

    /**
     * @param kinds all kinds, because the shorthand of one may derive resources of others
     */
    public Description(Kind kind, List<Kind> kinds) {
        this.kind = kind;
        this.binder = new Binder(kinds);
        this.equivalence = new DocumentEquivalence(kind);
        this.secrets = new SecretMask(kind.rules());
    }

    /** Return the paths of the secrets that {@link #of} leaves out. */
    public List<String> leftOut(Observed.Present present) {
        return secrets.without(OwnershipMetadata.strip(present.defined())).paths();
    }

    /**
     * Return the item of a play, without secrets: with the keys of the kind if they describe the object completely, else
     * with raw XML.
     */
    public Map<String, Object> of(ResourceId id, Observed.Present present) {
        var document =
                secrets.without(OwnershipMetadata.strip(present.defined())).document();
        var item = item(id, present, kind.describe(document));
        return rendered(item)
                        .filter(copy -> equivalence.isFaithful(copy, document))
                        .isPresent()
                ? item
                : item(id, present, Map.of("xml", XmlWriter.write(document)));
    }

    private Map<String, Object> item(ResourceId id, Observed.Present present, Map<String, Object> content) {
        Map<String, Object> item = new LinkedHashMap<>();
        var slash = id.name().indexOf('/');
        if (ContainedKind.of(kind).within().isPresent() && slash > 0) {
            item.put("name", Literal.of(id.name().substring(slash + 1)));
            item.put(ContainedKind.of(kind).within().get(), Literal.of(id.name().substring(0, slash)));
        } else {
            item.put("name", Literal.of(id.name()));
        }
        if (kind.hasState()) {
            item.put("state", present.paused() ? "paused" : present.active() ? "active" : "inactive");
            item.put("autostart", Boolean.toString(present.autostart()));
        }
        content.forEach((key, value) -> item.putIfAbsent(key, literal(value)));
        return item;
    }

    /** Escape texts that would be evaluated as expressions when they are read back. */
    private static Object literal(Object value) {
        return switch (value) {
            case String text -> Literal.of(text);
            case List<?> items -> items.stream().map(Description::literal).toList();
            case Map<?, ?> entries -> {
                Map<Object, Object> written = new LinkedHashMap<>();
                entries.forEach((key, inner) -> written.put(key, literal(inner)));
                yield written;
            }
            default -> value;
        };
    }

    /** Return the document that the item yields; empty if it is invalid. */
    private Optional<Element> rendered(Map<String, Object> item) {
        Map<String, Object> play = Map.of(kind.key(), List.of(item));
        var bound = binder.bindText(YamlText.of(List.of(play)));
        return bound.diagnostics().stream().noneMatch(Diagnostic::isError)
                ? bound.resources().stream()
                        .filter(resource -> resource.origin() == DeclaredResource.Origin.WRITTEN)
                        .map(DeclaredResource::document)
                        .findFirst()
                : Optional.empty();
    }
}
