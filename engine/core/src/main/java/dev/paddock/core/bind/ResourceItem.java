package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.DeclaredResource.Origin;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A resource as a file declares it, before it is bound.
 *
 * @param computed whether an expression produced the mapping, so that it is not evaluated again
 * @param tags its own tags and those of the context, sorted
 */
record ResourceItem(
        Kind kind, YamlNode.Mapping mapping, boolean computed, BindContext context, PlayScope play, List<String> tags) {
    /** The project of resources that projects share. */
    private static final String NO_PROJECT = "";

    SourceLocation location() {
        return mapping.place();
    }

    Variables variables() {
        return context.variables();
    }

    ResourceItem with(Variables variables) {
        return new ResourceItem(kind, mapping, computed, context.within(context.layers(), variables), play, tags);
    }

    ResourceItem withTags(Collection<String> own) {
        var all = new TreeSet<>(context.tags());
        all.addAll(own);
        return new ResourceItem(kind, mapping, computed, context, play, List.copyOf(all));
    }

    /** Return a value of the mapping, evaluated. */
    YamlNode evaluate(YamlNode node, Expressions expressions) {
        return computed ? node : expressions.evaluate(node, variables());
    }

    /** Return the resource that the item itself declares. */
    DeclaredResource declare(ResourceId id, Element document, CommonKeys keys, Optional<Value.Mapping> spec) {
        return declare(kind, id, document, keys, tags, kind.uuid(document), Origin.WRITTEN, spec);
    }

    /** Return a resource that the item asks for, with the location of the item. */
    DeclaredResource declareDerived(
            Kind other, ResourceId id, Element document, CommonKeys keys, Optional<String> uuid, Origin origin) {
        return declare(other, id, document, keys, List.copyOf(context.tags()), uuid, origin, Optional.empty());
    }

    private DeclaredResource declare(
            Kind type,
            ResourceId id,
            Element document,
            CommonKeys keys,
            List<String> allTags,
            Optional<String> uuid,
            Origin origin,
            Optional<Value.Mapping> spec) {
        return new DeclaredResource(
                type,
                id,
                context.host(),
                origin == Origin.SHARED ? NO_PROJECT : context.project(),
                location(),
                document,
                keys.state(),
                keys.autostart(),
                keys.protect(),
                keys.validate(),
                keys.onChange(),
                allTags,
                uuid,
                origin,
                spec);
    }
}
