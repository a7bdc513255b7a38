package dev.paddock.vm;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.kind.LayeredKind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.RelatedDocuments;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.change.FirstBootChange;
import dev.paddock.vm.change.VmCost;
import dev.paddock.vm.change.VmSteps;
import dev.paddock.vm.check.HostChecks;
import dev.paddock.vm.check.VmChecks;
import dev.paddock.vm.check.VmConflicts;
import dev.paddock.vm.compare.LayeredDisks;
import dev.paddock.vm.document.DiskFormats;
import dev.paddock.vm.document.ReadinessMetadata;
import dev.paddock.vm.document.RunningDocument;
import dev.paddock.vm.document.ShutdownPolicy;
import dev.paddock.vm.document.VmReferences;
import dev.paddock.vm.playbook.VmDescription;
import dev.paddock.vm.playbook.VmExpansion;
import dev.paddock.vm.playbook.VmSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Virtual machines of libvirt. */
public final class VmKind extends DomainKind
        implements CheckedKind, ContainedKind, FileKind, LayeredKind, LiveKind, NormalizedKind, ShorthandKind {
    @Override
    public String name() {
        return "vm";
    }

    @Override
    public String key() {
        return "vms";
    }

    @Override
    public Schema.Fields schema() {
        return VmSchema.FIELDS;
    }

    @Override
    public Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        return VmExpansion.of(spec, surroundings);
    }

    @Override
    public List<Diagnostic> mistakes(LocatedResource resource) {
        return Stream.of(VmChecks.of(resource), RunningDocument.warnings(resource.document(), resource.place()))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Diagnostic> conflicts(List<LocatedResource> resources) {
        return VmConflicts.of(resources);
    }

    @Override
    public List<Diagnostic> misfits(LocatedResource resource, Optional<Element> observed, HostReader host) {
        return resource.whenRunning(HostChecks.of(resource, host));
    }

    /** A VM of a pool belongs to the pool server. */
    @Override
    public boolean isFleeting(Element document) {
        return SlotMark.of(document).isPresent();
    }

    @Override
    public boolean contributes(Element document, ResourceId to, Element part) {
        return VmReferences.isPlugged(document, to, part.attribute("mac").orElse(""));
    }

    @Override
    public List<String> files(Element document) {
        return VmReferences.files(document);
    }

    @Override
    public List<Diagnostic> mistakes(ResourceId id, Element document, SourceLocation place, RelatedDocuments others) {
        return DiskFormats.mistakes(id, document, place, others);
    }

    @Override
    public boolean dependsOnLayers(Element declared, Observed.Present observed) {
        return LayeredDisks.matter(declared, observed.defined());
    }

    @Override
    public Element layered(Element declared, Observed.Present observed, Map<String, List<Element>> layers) {
        return LayeredDisks.on(declared, observed.defined(), layers);
    }

    @Override
    public List<Diagnostic> layerWarnings(
            ResourceId id, SourceLocation place, Element declared, Element layered, Observed.Present observed) {
        return LayeredDisks.warnings(id, place, declared, layered, observed.defined());
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean canPause() {
        return true;
    }

    @Override
    public boolean canRename() {
        return true;
    }

    @Override
    public List<String> holds() {
        return List.of("snapshot");
    }

    /** A VM is interrupted only on request. */
    @Override
    public Cost changesAllowed() {
        return Cost.NEXT_BOOT;
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return VmCost.of(change, observed);
    }

    @Override
    public List<Diagnostic> remarks(ResourceId id, List<Change> changes, SourceLocation place) {
        return FirstBootChange.remarks(id, changes, place);
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return VmSteps.create(desired);
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return VmSteps.update(transition);
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return VmSteps.delete(id, observed);
    }

    @Override
    public List<Action> checks(DesiredResource desired) {
        return ReadinessMetadata.steps(desired.id(), desired.document(), desired.state());
    }

    @Override
    public Observed.Present leaving(Element declared, Observed.Present observed) {
        return observed.withDefined(ShutdownPolicy.on(observed.defined(), declared));
    }

    @Override
    public Action stop(ResourceId id, Observed.Present observed) {
        return ShutdownPolicy.of(observed.defined()).of(id);
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return VmDescription.of(document);
    }
}
