package dev.paddock.snapshot;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.optional;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.schema.Types;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots of VMs. A declared snapshot is taken if it is missing, and never again. Its content is not compared: it is
 * the state of the VM at that moment.
 */
public final class SnapshotKind implements Kind, ContainedKind, DataKind, NormalizedKind, ShorthandKind {
    private static final String NAME = "snapshot";
    private static final String GUEST = "vm";
    private static final String DESCRIPTION = "description";

    private static final Schema.Fields FIELDS =
            fields(DESCRIPTION, optional(Types.TEXT, "What it is good for, for people."));

    private static final Rules RULES =
            new Rules(List.of(Rule.of(DESCRIPTION).chosen()), List.of(), List.of(), Rule.of("**/*"), Map.of());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key() {
        return "snapshots";
    }

    @Override
    public String root() {
        return "domainsnapshot";
    }

    @Override
    public Schema.Fields schema() {
        return FIELDS;
    }

    /** There is nothing to expand, but only here is the name known. */
    @Override
    public Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        List<Diagnostic> mistakes = new ArrayList<>();
        spec.text("name").ifPresent(name -> {
            if (Types.SNAPSHOT.read().apply(name) instanceof Reading.Bad bad) {
                mistakes.add(Diagnostic.error(
                        Code.BAD_VALUE,
                        spec.place(),
                        bad.reason(),
                        "Use letters, digits, and any of _ . + - after the first; not digits alone."));
            }
        });
        return new Expansion(spec, List.of(), List.of(), mistakes);
    }

    @Override
    public String template() {
        return "snapshot.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("domainsnapshot.rng");
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public boolean keepsMetadata() {
        return false;
    }

    @Override
    public boolean holdsData() {
        return true;
    }

    @Override
    public Optional<String> within() {
        return Optional.of(GUEST);
    }

    /** A declared snapshot belongs to its VM, and contains the VM's mark. */
    @Override
    public Optional<Element> owner(Element document) {
        return SnapshotMark.isOn(document) ? guest(document) : Optional.empty();
    }

    private static Optional<Element> guest(Element document) {
        return document.child("inactiveDomain").or(() -> document.child("domain"));
    }

    /** The snapshots of a pool's VM belong to the pool server. */
    @Override
    public boolean isFleeting(Element document) {
        return guest(document).flatMap(SlotMark::of).isPresent();
    }

    @Override
    public Element comparable(Element document) {
        List<Element> children = new ArrayList<>();
        document.child("name").ifPresent(children::add);
        SnapshotMark.words(document).map(Element.of(DESCRIPTION)::withText).ifPresent(children::add);
        return Element.of(root()).withChildren(children);
    }

    /** A snapshot has no UUID. */
    @Override
    public Element identified(Element document, String uuid) {
        return document;
    }

    @Override
    public Optional<String> uuid(Element document) {
        return Optional.empty();
    }

    @Override
    public Optional<String> documentName(Element document) {
        return document.childText("name");
    }

    @Override
    public Element named(Element document, String name) {
        List<Element> children = new ArrayList<>();
        children.add(Element.of("name").withText(name));
        children.addAll(document.withoutChildren("name").children());
        return document.withChildren(children);
    }

    @Override
    public List<ResourceReference> references(ResourceId id, Element document) {
        var slash = id.name().indexOf('/');
        return List.of(new ResourceReference(new ResourceId(GUEST, id.name().substring(0, Math.max(0, slash))), GUEST));
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return change.cost();
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return List.of(new Action.Define(desired.id(), XmlWriter.write(SnapshotMark.on(desired.document()))));
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return create(transition.desired());
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return List.of(new Action.Undefine(id));
    }

    @Override
    public Map<String, Object> describe(Element document) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        SnapshotMark.words(document).ifPresent(words -> yaml.put(DESCRIPTION, words));
        return yaml;
    }
}
