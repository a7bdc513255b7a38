package dev.paddock.vm;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.Surroundings;
import dev.paddock.api.kind.Transition;
import dev.paddock.api.resource.Desired;
import dev.paddock.api.resource.Reference;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The guests of libvirt, which it calls domains. */
public final class VmKind implements Kind {
    /** What a document says of its type that leaves it to the host. */
    private static final String AUTO = "auto";

    @Override
    public String name() {
        return "vm";
    }

    @Override
    public String key() {
        return "vms";
    }

    @Override
    public String root() {
        return "domain";
    }

    @Override
    public Schema.Fields schema() {
        return VmSchema.FIELDS;
    }

    @Override
    public List<Diagnostic> mistakes(Value.Mapping spec) {
        return VmMistakes.of(spec);
    }

    @Override
    public Optional<String> templates() {
        return Optional.of("templates");
    }

    @Override
    public Expansion expand(Value.Mapping spec, Surroundings surroundings) {
        return VmExpansion.of(spec, surroundings);
    }

    @Override
    public boolean asksForAcceleration(Element document) {
        return document.attribute("type").filter(AUTO::equals).isPresent();
    }

    @Override
    public Element accelerated(Element document, boolean available) {
        return asksForAcceleration(document) ? document.withAttribute("type", available ? "kvm" : "qemu") : document;
    }

    @Override
    public List<String> files(Element document) {
        return VmReferences.files(document);
    }

    @Override
    public String template() {
        return "domain.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("domain.rng");
    }

    @Override
    public Rules rules() {
        return VmRules.RULES;
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
    public List<String> holds() {
        return List.of("snapshot");
    }

    /** A guest is not interrupted unless that is asked for. */
    @Override
    public Cost changesAllowed() {
        return Cost.NEXT_BOOT;
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Element comparable(Element document) {
        return ComparableVm.of(document);
    }

    @Override
    public Element running(Element live, Element defined) {
        return RunningVm.of(live, defined);
    }

    @Override
    public Element identified(Element document, String uuid) {
        return Definition.of(document.withChild(Element.of("uuid").withText(uuid)));
    }

    @Override
    public Optional<String> uuid(Element document) {
        return document.childText("uuid");
    }

    @Override
    public Optional<String> documentName(Element document) {
        return document.childText("name");
    }

    @Override
    public Element named(Element document, String name) {
        var element = Element.of("name").withText(name);
        if (document.child("name").isPresent()) {
            return document.withChild(element);
        }
        List<Element> children = new ArrayList<>(document.children());
        children.addFirst(element);
        return document.withChildren(children);
    }

    @Override
    public List<Reference> references(Element document) {
        return VmReferences.of(document);
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return VmCost.of(change, observed);
    }

    @Override
    public List<Action> create(Desired desired) {
        return VmSteps.create(desired);
    }

    @Override
    public List<Action> update(Transition transition) {
        return VmSteps.update(transition);
    }

    @Override
    public List<Action> delete(Observed.Present observed) {
        return VmSteps.delete(
                new ResourceId(name(), documentName(observed.defined()).orElse("")), observed);
    }

    @Override
    public List<Action> checks(Desired desired) {
        return Ready.steps(desired.id(), desired.document(), desired.state());
    }

    @Override
    public Action stop(ResourceId id, Observed.Present observed) {
        return Shutting.of(observed.defined()).of(id);
    }

    @Override
    public boolean isChosenAgain(Change lost) {
        return ChosenAgain.is(lost);
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return VmDescription.of(document);
    }
}
