package dev.paddock.nwfilter;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.LedgerKind;
import dev.paddock.api.kind.LedgerRecord;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.nwfilter.document.DroppedAttributes;
import dev.paddock.nwfilter.document.NormalForm;
import dev.paddock.nwfilter.document.NwfilterRules;
import dev.paddock.nwfilter.protocol.HostNameExpansion;
import dev.paddock.nwfilter.protocol.ImpliedProtocolId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Network filters. */
public final class NwfilterKind implements LedgerKind, CheckedKind, NormalizedKind, ShorthandKind {
    private static final String NAME = "nwfilter";

    /** The filter that stores the ledger. No interface uses it. */
    public static final ResourceId LEDGER = new ResourceId(NAME, "paddock-ledger");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key() {
        return "nwfilters";
    }

    @Override
    public String root() {
        return "filter";
    }

    @Override
    public Schema.Fields schema() {
        return NwfilterSchema.ALL;
    }

    @Override
    public List<Diagnostic> mistakes(Value.Mapping spec) {
        return NwfilterMistakes.of(spec);
    }

    @Override
    public Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        return HostNameExpansion.expand(spec, surroundings.names(), surroundings.project());
    }

    @Override
    public String template() {
        return "nwfilter.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("nwfilter.rng");
    }

    @Override
    public Rules rules() {
        return NwfilterRules.ALL;
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
    public Element comparable(Element document) {
        return NormalForm.of(document);
    }

    @Override
    public List<String> dropped(Element document) {
        return DroppedAttributes.paths(document);
    }

    @Override
    public Element identified(Element document, String uuid) {
        List<Element> children = new ArrayList<>();
        children.add(Element.of("uuid").withText(uuid));
        children.addAll(document.withoutChildren("uuid").children());
        return document.withChildren(children);
    }

    @Override
    public Optional<String> uuid(Element document) {
        return document.childText("uuid");
    }

    @Override
    public Optional<String> documentName(Element document) {
        return document.attribute("name");
    }

    @Override
    public Element named(Element document, String name) {
        return document.withAttribute("name", name);
    }

    @Override
    public List<ResourceReference> references(ResourceId id, Element document) {
        List<ResourceReference> references = new ArrayList<>();
        var position = 0;
        var entries = document.children().stream()
                .filter(child -> child.is("filterref") || child.is("rule"))
                .toList();
        for (var i = 0; i < entries.size(); i++) {
            if (!entries.get(i).is("filterref")) {
                continue;
            }
            position++;
            var path = "filterref[" + position + "]/@filter";
            var field = "rules/" + i + "/filterref/filter";
            entries.get(i)
                    .attribute("filter")
                    .ifPresent(
                            name -> references.add(new ResourceReference(new ResourceId(NAME, name), path).in(field)));
        }
        return references;
    }

    /** A redefined filter takes effect at once on all interfaces that use it. */
    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return change.cost();
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return List.of(new Action.Define(desired.id(), XmlWriter.write(ImpliedProtocolId.without(desired.document()))));
    }

    /**
     * The UUID stays, so libvirt either rebuilds the rules of all interfaces at once or leaves all of them unchanged.
     */
    @Override
    public List<Action> update(UpdateRequest transition) {
        var merged = identified(
                ImpliedProtocolId.without(transition.merged()),
                transition.observed().uuid());
        return List.of(new Action.Define(transition.desired().id(), XmlWriter.write(merged)));
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return List.of(new Action.Undefine(id));
    }

    @Override
    public ResourceId ledger() {
        return LEDGER;
    }

    @Override
    public Map<String, LedgerRecord> records(Element document) {
        return LedgerFilter.records(document);
    }

    @Override
    public Element ledgerDocument(String uuid, SortedMap<String, LedgerRecord> records) {
        return LedgerFilter.document(LEDGER.name(), uuid, records);
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return NwfilterDescription.of(document);
    }
}
