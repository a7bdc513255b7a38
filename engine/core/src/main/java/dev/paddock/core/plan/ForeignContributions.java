package dev.paddock.core.plan;

import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.ContributorKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.core.resource.DeclaredResource;

/**
 * Keeps what the objects of other playbooks contributed to a resource that both declare, such as the addresses that their
 * VMs reserved in a network: to this playbook alone it would be drift.
 */
final class ForeignContributions {
    private final PlanDraft draft;

    ForeignContributions(PlanDraft draft) {
        this.draft = draft;
    }

    /** Return the resource with the parts that objects of the host need. */
    DeclaredResource kept(DeclaredResource resource, Observed.Present present) {
        var kind = ShorthandKind.of(resource.kind());
        var kept = resource;
        for (var part : kind.parts(present.defined())) {
            var document = kept.document();
            var with = kind.with(document, part).filter(found -> !found.equals(document));
            if (with.isPresent() && isContributed(resource.id(), part)) {
                kept = kept.with(with.get());
            }
        }
        return kept;
    }

    private boolean isContributed(ResourceId to, Element part) {
        return draft.kinds().values().stream()
                .filter(ContributorKind.class::isInstance)
                .map(ContributorKind.class::cast)
                .anyMatch(kind -> draft.observation().all(kind.name()).entrySet().stream()
                        .anyMatch(entry -> entry.getValue() instanceof Observed.Present present
                                && isForeign(new ResourceId(kind.name(), entry.getKey()), present)
                                && kind.contributes(present.defined(), to, part)));
    }

    /** What nobody's playbook made has reserved nothing, and what this plan removes needs it no longer. */
    private boolean isForeign(ResourceId id, Observed.Present present) {
        var mark = OwnershipMetadata.of(present.defined());
        return mark.isPresent()
                && !draft.declared().containsKey(id)
                && !(draft.options().prune()
                        && draft.projects().contains(mark.get().project()));
    }
}
