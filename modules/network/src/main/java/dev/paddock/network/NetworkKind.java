package dev.paddock.network;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.network.change.NetworkCost;
import dev.paddock.network.change.NetworkSteps;
import dev.paddock.network.check.NetworkChecks;
import dev.paddock.network.check.NetworkConflicts;
import dev.paddock.network.check.RouteOverlaps;
import dev.paddock.network.compare.NetworkDefinition;
import dev.paddock.network.compare.NetworkRules;
import dev.paddock.network.compare.NormalizedNetwork;
import dev.paddock.network.describe.NetworkDescription;
import dev.paddock.network.schema.NetworkMistakes;
import dev.paddock.network.schema.NetworkSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Virtual networks of libvirt. */
public final class NetworkKind implements Kind, CheckedKind, LiveKind, NormalizedKind, ShorthandKind {
    @Override
    public String name() {
        return "network";
    }

    @Override
    public String key() {
        return "networks";
    }

    @Override
    public String root() {
        return "network";
    }

    @Override
    public Schema.Fields schema() {
        return NetworkSchema.FIELDS;
    }

    @Override
    public List<Diagnostic> mistakes(Value.Mapping spec) {
        return NetworkMistakes.of(spec);
    }

    @Override
    public List<Diagnostic> mistakes(LocatedResource resource) {
        return resource.whenRunning(NetworkChecks.of(resource));
    }

    @Override
    public List<Diagnostic> conflicts(List<LocatedResource> resources) {
        return NetworkConflicts.of(resources);
    }

    @Override
    public List<Diagnostic> misfits(LocatedResource resource, Optional<Element> observed, HostReader host) {
        return RouteOverlaps.of(resource, observed, host);
    }

    @Override
    public String template() {
        return "network.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("network.rng");
    }

    @Override
    public Rules rules() {
        return NetworkRules.RULES;
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean hasGuests() {
        return true;
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Element comparable(Element document) {
        return NormalizedNetwork.of(document);
    }

    @Override
    public Element identified(Element document, String uuid) {
        return NetworkDefinition.of(document).withChild(Element.of("uuid").withText(uuid));
    }

    @Override
    public Element running(Element document) {
        return NormalizedNetwork.running(document);
    }

    @Override
    public Element fitting(Element merged, Element declared, Element observed) {
        return NetworkDefinition.fitting(merged, declared, observed);
    }

    @Override
    public Optional<Element> with(Element document, Element part) {
        return Reservation.in(document, part);
    }

    @Override
    public List<Element> parts(Element document) {
        return Reservation.all(document);
    }

    @Override
    public Optional<String> obstacle(Element document, Element part) {
        return Reservation.obstacle(document, part);
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

    /** Return no references: the devices and bridges of a network belong to the host. */
    @Override
    public List<ResourceReference> references(ResourceId id, Element document) {
        return List.of();
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return NetworkCost.of(change, observed);
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return NetworkSteps.create(desired);
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return NetworkSteps.update(transition);
    }

    @Override
    public List<Action> remember(ResourceId id, Observed.Present observed, Element merged) {
        return NetworkSteps.remember(id, observed, merged);
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return NetworkSteps.delete(id, observed);
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return NetworkDescription.of(document);
    }
}
