package dev.paddock.storage;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storage pools. */
public final class StoragePoolKind implements Kind, CheckedKind, ContainedKind, NormalizedKind {
    public static final String NAME = "storage";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String root() {
        return "pool";
    }

    @Override
    public Schema.Fields schema() {
        return StoragePoolSchema.FIELDS;
    }

    @Override
    public List<Diagnostic> mistakes(LocatedResource resource) {
        return StorageChecks.of(resource);
    }

    @Override
    public List<Diagnostic> conflicts(List<LocatedResource> resources) {
        return StorageChecks.conflicts(resources);
    }

    @Override
    public String template() {
        return "storage.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("storagepool.rng");
    }

    @Override
    public Rules rules() {
        return StoragePoolRules.RULES;
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean keepsMetadata() {
        return false;
    }

    @Override
    public Element comparable(Element document) {
        return NormalizedStoragePool.of(document);
    }

    @Override
    public List<String> dropped(Element document) {
        return StoragePoolType.of(document).isEmpty()
                ? List.of()
                : DroppedFields.ofPool(document, NormalizedStoragePool.of(document));
    }

    /** The UUID comes first: libvirt's schema requires the options of a mount to be last. */
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
        return StoragePoolType.of(document)
                .map(type -> NormalizedStoragePool.name(document, type))
                .orElseGet(() -> document.childText("name"));
    }

    @Override
    public Element named(Element document, String name) {
        List<Element> children = new ArrayList<>();
        children.add(Element.of("name").withText(name));
        children.addAll(document.withoutChildren("name").children());
        return document.withChildren(children);
    }

    /** A storage pool has no references: its devices, servers and secrets belong to the host. */
    @Override
    public List<ResourceReference> references(ResourceId id, Element document) {
        return List.of();
    }

    /**
     * libvirt reads the permissions of a folder when the pool starts, and replaces the defined ones with them. This has
     * happened to every document with a capacity. If something is mounted, the permissions are those of the mounted
     * file system. libvirt never sets a label.
     */
    @Override
    public boolean matters(Change change, Observed.Present observed) {
        var document = change.extent() == Change.Extent.RUNNING
                ? observed.live().orElse(observed.defined())
                : observed.defined();
        var type = StoragePoolType.of(document);
        if (!change.pattern().startsWith("target/permissions")
                || type.filter(StoragePoolType::isFolder).isEmpty()
                || !isMeasured(document)) {
            return true;
        }
        return !type.get().isMounted()
                && !change.pattern().endsWith("/label")
                && change.action() != Change.Action.REMOVE;
    }

    private static boolean isMeasured(Element pool) {
        return pool.childText("capacity")
                .filter(capacity -> !capacity.equals("0"))
                .isPresent();
    }

    @Override
    public boolean moves(Change change) {
        return change.extent() == Change.Extent.DEFINED
                && (change.pattern().equals("target/path") || change.pattern().startsWith("source"));
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return switch (change.pattern()) {
            case "state" -> change.after().filter("inactive"::equals).isPresent() ? Cost.RESTART : Cost.LIVE;
            case "autostart", "persistent" -> Cost.LIVE;
            default -> change.cost() == Cost.REPLACE || observed.active() ? change.cost() : Cost.LIVE;
        };
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return StoragePoolSteps.create(desired);
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return StoragePoolSteps.update(transition);
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return StoragePoolSteps.delete(id, observed);
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return StoragePoolDescription.of(document);
    }
}
