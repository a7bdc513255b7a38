package dev.paddock.core.bind;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.core.template.TemplateSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A kind with one field of every shape. */
public record TestKind(String name, String key, boolean hasState, Schema.Fields schema) implements Kind {
    private static final ScalarType ANY = new ScalarType(
            "a text", Map.of("type", List.of("string", "number", "boolean")), ScalarType.Reading.Good::new);

    private static final ScalarType NUMBER = new ScalarType(
            "a whole number",
            Map.of("type", List.of("integer", "string"), "pattern", "^[0-9]+$"),
            text -> text.matches("[0-9]+")
                    ? new ScalarType.Reading.Good(text)
                    : new ScalarType.Reading.Bad("It has other characters than digits."));

    private static final ScalarType COLOR = new ScalarType(
            "a color",
            Map.of("enum", List.of("red", "green", "blue")),
            text -> List.of("red", "green", "blue").contains(text)
                    ? new ScalarType.Reading.Good(text)
                    : new ScalarType.Reading.Bad("No other color is known.", List.of("red", "green", "blue")));

    private static final ScalarType MAC = new ScalarType(
            "a MAC address",
            Map.of("type", "string", "pattern", "^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$"),
            text -> text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")
                    ? new ScalarType.Reading.Good(text.toLowerCase(Locale.ROOT))
                    : new ScalarType.Reading.Bad("It has not six pairs of digits."));

    private static final Schema.Fields RANGE = Schema.orShort(
            Schema.fields("from", Schema.required(NUMBER, "The first."), "to", Schema.required(NUMBER, "The last.")),
            new Schema.Shorthand("10-20", "[^-]+-[^-]+", text -> {
                var dash = text.indexOf('-');
                return dash < 1
                        ? Optional.empty()
                        : Optional.of(Map.of("from", text.substring(0, dash), "to", text.substring(dash + 1)));
            }));

    /** A kind that runs, with a template. */
    static final TestKind BOX = new TestKind(
            "box",
            "boxes",
            true,
            Schema.fields(
                    "uuid", Schema.optional(ANY, "The UUID."),
                    "size", Schema.optional(NUMBER, "How large it is."),
                    "mode", Schema.optional(ANY, "The mode."),
                    "color", Schema.optional(COLOR, "Its color."),
                    "mac", Schema.optional(MAC, "Its address."),
                    "ports", Schema.optional(Schema.oneOrMore(RANGE), "Open ports."),
                    "parts", Schema.optional(Schema.listOf(Schema.text(ANY)), "What is in it."),
                    "labels", Schema.optional(new Schema.MapOf(MAC, Schema.text(ANY)), "Labels by address."),
                    "notes", Schema.optional(new Schema.Anything(), "Anything.")));

    /** A kind that is there or not, with a required key. */
    static final TestKind LID =
            new TestKind("lid", "lids", false, Schema.fields("fits", Schema.required(ANY, "The box that it fits.")));

    public static final List<Kind> ALL = List.of(BOX, LID);

    static final TemplateSource TEMPLATES = name -> switch (name) {
        case "box.xml.ftlx" -> Optional.of("""
                    <box>
                      <name>${name}</name>
                    <#if uuid??>  <uuid>${uuid}</uuid>
                    </#if>
                    <#if color?? && color == "blue"><#stop "Blue boxes are sold out."></#if>
                    <#if size??>  <size>${size}</size>
                    </#if>
                    <#if mode??>  <mode>${mode}</mode>
                    </#if>
                    <#if color??>  <color>${color}</color>
                    </#if>
                    <#if mac??>  <mac address='${mac}'/>
                    </#if>
                    <#list ports![] as range>  <ports from='${range.from}' to='${range.to}'/>
                    </#list>
                    <#list parts![] as part>  <part>${part}</part>
                    </#list>
                    <#list labels!{} as mac, text>  <label mac='${mac}'>${text}</label>
                    </#list>
                    </box>
                    """);
        case "lid.xml.ftlx" -> Optional.of("<lid><name>${name}</name><fits>${fits}</fits></lid>");
        default -> Optional.empty();
    };

    @Override
    public String root() {
        return name;
    }

    @Override
    public String template() {
        return name + ".xml.ftlx";
    }

    @Override
    public Optional<String> libvirtSchema() {
        return Optional.of(name + ".rng");
    }

    @Override
    public Rules rules() {
        return new Rules(List.of(), List.of(), List.of(), Rule.of("**"), Map.of());
    }

    @Override
    public boolean keepsMetadata() {
        return false;
    }

    @Override
    public Element identified(Element document, String uuid) {
        return document.withChild(Element.of("uuid").withText(uuid));
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
    public Element named(Element document, String newName) {
        return document.withChild(Element.of("name").withText(newName));
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
        return List.of();
    }

    @Override
    public List<Action> update(UpdateRequest transition) {
        return List.of();
    }

    @Override
    public List<Action> delete(ResourceId id, Observed.Present observed) {
        return List.of();
    }

    @Override
    public Map<String, Object> describe(Element document) {
        return Map.of();
    }
}
