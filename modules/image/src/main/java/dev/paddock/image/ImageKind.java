package dev.paddock.image;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.image.ImageDocument;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Images: what the first disks of VMs start from. All projects share them, and they never change. */
public final class ImageKind implements Kind, CheckedKind, ContainedKind, DataKind, FileKind, ShorthandKind {
    private static final Rules NONE = new Rules(List.of(), List.of(), List.of(), Rule.of("**/*"), Map.of());

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String key() {
        return "images";
    }

    @Override
    public String root() {
        return ImageDocument.ROOT;
    }

    @Override
    public Schema.Fields schema() {
        return ImageSchema.FIELDS;
    }

    @Override
    public List<Diagnostic> mistakes(Value.Mapping spec) {
        return ImageMistakes.find(spec);
    }

    @Override
    public String template() {
        return "image.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.empty();
    }

    @Override
    public Rules rules() {
        return NONE;
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
    public boolean isShared() {
        return true;
    }

    @Override
    public Optional<ScalarType> nameType() {
        return Optional.of(ImageSchema.NAME);
    }

    @Override
    public Optional<String> localFile() {
        return Optional.of("path");
    }

    @Override
    public Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        return new Expansion(spec, List.of(DerivedResource.imagePool(spec.place())), List.of(), List.of());
    }

    @Override
    public String objectName(String name, Element document) {
        return ImageDocument.image(document).objectName();
    }

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
        return List.of(new ResourceReference(new ResourceId("storage", ImageStore.POOL), "pool", false));
    }

    @Override
    public List<String> provides(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return ImageDocument.image(document).files().stream()
                .map(ImageStore::path)
                .toList();
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return change.cost();
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return List.of(new Action.Provide(desired.id(), ImageDocument.image(desired.document())));
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        throw new IllegalArgumentException("An image never changes. This is a bug in this tool.");
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        throw new IllegalArgumentException("An image is everybody's. This is a bug in this tool.");
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return Map.of();
    }
}
