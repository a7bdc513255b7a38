package dev.paddock.vm.pool;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.DomainKind;
import dev.paddock.vm.change.VmSteps;
import dev.paddock.vm.check.HostChecks;
import dev.paddock.vm.compare.MergedVm;
import dev.paddock.vm.document.MacAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * VM pools: domains that are defined but never started, and whose metadata describes the pool.
 *
 * <p>A change of a pool interrupts nothing: the pool server creates new VMs from it, and leaves VMs in use alone.
 */
public final class VmPoolKind extends DomainKind
        implements CheckedKind, ContainedKind, FileKind, NormalizedKind, ShorthandKind {
    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String key() {
        return "pools";
    }

    @Override
    public Schema.Fields schema() {
        return VmPoolSchema.FIELDS;
    }

    @Override
    public List<Diagnostic> mistakes(LocatedResource resource) {
        return PoolDocument.mistakes(resource.document(), resource.place());
    }

    @Override
    public List<Diagnostic> misfits(LocatedResource resource, Optional<Element> observed, HostReader host) {
        return resource.whenRunning(HostChecks.of(resource, host));
    }

    @Override
    public Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        return PoolExpansion.of(spec, surroundings);
    }

    @Override
    public List<String> names(ResourceId id, Element document) {
        return PoolDocument.names(id.name(), document);
    }

    @Override
    public boolean contributes(Element document, ResourceId to, Element part) {
        return PoolDocument.reserves(document, to, part.attribute("mac").orElse(""));
    }

    @Override
    public List<String> files(Element document) {
        return PoolDocument.files(document);
    }

    @Override
    public boolean hasState() {
        return false;
    }

    /** Starting the pattern by hand does not change it. */
    @Override
    public boolean matters(Change change, Observed.Present observed) {
        return change.extent() == Change.Extent.DEFINED;
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return change.cost() == Cost.REPLACE ? Cost.REPLACE : Cost.LIVE;
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return List.of(VmSteps.define(desired.id(), MacAddresses.on(desired.document())));
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return List.of(VmSteps.define(transition.desired().id(), MacAddresses.on(MergedVm.fitting(transition))));
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        List<Action> steps = new ArrayList<>();
        if (observed.active()) {
            steps.add(new Action.Stop(id));
        }
        steps.add(new Action.Undefine(id));
        return steps;
    }

    /** No VM has the addresses of a pattern. */
    @Override
    public boolean isChosenAgain(Change lost) {
        return super.isChosenAgain(lost) || lost.pattern().equals("devices/interface/mac");
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return VmPoolDescription.of(document);
    }
}
