package dev.paddock.storage.volume;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.RelatedDocuments;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.storage.ElementReader;
import dev.paddock.storage.NormalizedStoragePool;
import dev.paddock.storage.StoragePoolKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Volumes: files and devices in storage pools, which hold the data of VMs. */
public final class VolumeKind implements Kind, CheckedKind, ContainedKind, DataKind, FileKind, NormalizedKind {
    private static final String NAME = "volume";
    private static final String CAPACITY = "capacity";

    /**
     * libvirt's logical pools round up to whole extents, of this size unless the volume group was created with another.
     */
    private static final BigInteger EXTENT = BigInteger.valueOf(4L << 20);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key() {
        return "volumes";
    }

    @Override
    public String root() {
        return NAME;
    }

    @Override
    public Schema.Fields schema() {
        return VolumeSchema.FIELDS;
    }

    /** An existing volume has a size, which the playbook need not repeat. */
    @Override
    public List<Diagnostic> misfits(LocatedResource resource, Optional<Element> observed, HostReader host) {
        var document = resource.document();
        return observed.isPresent()
                        || document.child("capacity").isPresent()
                        || document.child("backingStore").isPresent()
                ? List.of()
                : List.of(Diagnostic.error(
                        Code.MISSING_KEY,
                        resource.place(),
                        "The volume is to be made, and neither its size is known nor what backs it.",
                        "Add capacity: 10 GiB, or backing."));
    }

    @Override
    public String template() {
        return "volume.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("storagevol.rng");
    }

    @Override
    public Rules rules() {
        return VolumeRules.RULES;
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
        return Optional.of("pool");
    }

    @Override
    public Element comparable(Element document) {
        return NormalizedVolume.of(document);
    }

    /** A volume has no UUID. */
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
        return List.of(new ResourceReference(pool(id), "pool").in("pool"));
    }

    private static ResourceId pool(ResourceId volume) {
        var slash = volume.name().indexOf('/');
        return new ResourceId(StoragePoolKind.NAME, volume.name().substring(0, Math.max(0, slash)));
    }

    /** An existing volume has a path; the path of a missing one follows from its pool. */
    @Override
    public Optional<String> file(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return document.child("target")
                .flatMap(target -> ElementReader.text(target, "path"))
                .or(() -> declared.apply(pool(id))
                        .map(NormalizedStoragePool::of)
                        .flatMap(pool -> pool.child("target"))
                        .flatMap(target -> ElementReader.text(target, "path"))
                        .map(folder ->
                                folder + "/" + id.name().substring(id.name().indexOf('/') + 1)));
    }

    @Override
    public List<String> files(Element document) {
        return document.child("backingStore").flatMap(backing -> ElementReader.text(backing, "path")).stream()
                .toList();
    }

    @Override
    public List<Diagnostic> mistakes(LocatedResource resource) {
        return VolumeSizeMistakes.of(resource.document(), resource.place());
    }

    @Override
    public List<Diagnostic> mistakes(ResourceId id, Element document, SourceLocation place, RelatedDocuments others) {
        return VolumeSizeMistakes.of(id, document, place, others, this);
    }

    @Override
    public boolean matters(Change change, Observed.Present observed) {
        return !(change.pattern().equals(CAPACITY)
                && observed.defined().attribute("type").filter("block"::equals).isPresent()
                && grows(change, EXTENT)
                && !grows(change, BigInteger.ZERO));
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return change.pattern().equals(CAPACITY) && grows(change, BigInteger.ZERO) ? Cost.LIVE : change.cost();
    }

    /** Return whether the new size, plus an allowance, is larger than the old size. */
    private static boolean grows(Change change, BigInteger more) {
        return change.before().isPresent()
                && change.after().isPresent()
                && number(change.before().get())
                        .flatMap(before -> number(change.after().get())
                                .map(after -> after.add(more).compareTo(before) > 0))
                        .orElse(false);
    }

    private static Optional<BigInteger> number(String text) {
        return text.matches("[0-9]+") ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return List.of(new Action.Define(desired.id(), XmlWriter.write(desired.document())));
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        var id = transition.desired().id();
        var changes = transition.changes();
        if (changes.stream().anyMatch(change -> !change.pattern().equals(CAPACITY))) {
            List<Action> steps = new ArrayList<>(delete(id, transition.observed()));
            steps.addAll(create(transition.desired()));
            return steps;
        }
        var shrinks = changes.stream().anyMatch(change -> change.cost() == Cost.LOSS);
        return changes.stream()
                .flatMap(change -> change.after().stream())
                .<Action>map(after -> new Action.Resize(id, new BigInteger(after).longValueExact(), shrinks))
                .toList();
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return List.of(new Action.Undefine(id));
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return VolumeDescription.of(document);
    }
}
