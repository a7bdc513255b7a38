package dev.paddock.testkit.sample;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.schema.Types;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secrets that libvirt hands to Ceph, without their values. */
public final class SecretKind implements Kind {
    private static final String IDENTITY = "It is the identity of the secret.";

    @Override
    public String name() {
        return "secret";
    }

    @Override
    public String key() {
        return "secrets";
    }

    @Override
    public String root() {
        return "secret";
    }

    @Override
    public Schema.Fields schema() {
        return Schema.fields(
                "uuid", Schema.optional(Types.UUID, "The UUID."),
                "description", Schema.optional(Types.TEXT, "What the secret is for."),
                "private", Schema.optional(Types.YES_NO, "Whether its value cannot be read back."),
                "ephemeral", Schema.optional(Types.YES_NO, "Whether it is never written to disk."));
    }

    @Override
    public String template() {
        return "secret.xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of("secret.rng");
    }

    @Override
    public Rules rules() {
        return new Rules(
                List.of(
                        Rule.of("uuid").as(Normalizers.UUID).chosen().costs(Cost.REPLACE, IDENTITY),
                        Rule.of("usage/name").costs(Cost.REPLACE, IDENTITY),
                        Rule.of("@private").byDefault("no").costs(Cost.REPLACE, "libvirt never makes it readable."),
                        Rule.of("@ephemeral").byDefault("no")),
                List.of(),
                List.of(),
                Rule.of("**/*"),
                Map.of());
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
        return document.child("usage").flatMap(usage -> usage.childText("name"));
    }

    @Override
    public Element named(Element document, String name) {
        return document.withChild(document.child("usage")
                .orElse(Element.of("usage"))
                .withChild(Element.of("name").withText(name)));
    }

    @Override
    public List<ResourceReference> references(ResourceId id, Element document) {
        return List.of();
    }

    @Override
    public Cost cost(Change change, Observed.Present observed) {
        return change.cost();
    }

    @Override
    public List<Action> create(DesiredResource desired) {
        return List.of(new Action.Define(desired.id(), XmlWriter.write(desired.document())));
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return List.of(new Action.Define(transition.desired().id(), XmlWriter.write(transition.merged())));
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return List.of(new Action.Undefine(id));
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return new YamlBuilder()
                .value("uuid", uuid(document))
                .value("description", document.childText("description"))
                .attributes(document, "private", "ephemeral")
                .entries();
    }
}
