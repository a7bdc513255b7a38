package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.kind.Contribution;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Interpolation;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.ChangePolicy;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.resource.ResourceUuid;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.schema.SchemaValidator;
import dev.paddock.core.schema.ValueNodes;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.LocalFiles;
import dev.paddock.core.template.DocumentRenderer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Binds the resources of one kind: selection, repetition, evaluation, schema and document. */
public final class ResourceBinder {
    /** The keys that are evaluated by themselves, each in its own way. */
    private static final Set<String> OWN_WAY = Set.of("when", "for_each", "xml", "tags");

    /** The project of what projects share. */
    private static final String NOBODY = "";

    private static final Map<String, ChangePolicy> ALLOWED = Map.of(
            "live", ChangePolicy.LIVE,
            "next-boot", ChangePolicy.NEXT_BOOT,
            "restart", ChangePolicy.RESTART,
            "replace", ChangePolicy.REPLACE);

    private final DiagnosticSink mistakes;
    private final ScalarReader words;
    private final Expressions expressions;
    private final DocumentRenderer documents;
    private final LocalFiles localFiles;
    private final ResolvedNames names;
    private final TagSelection selection;
    private final Consumer<DeclaredResource> found;
    private final BiConsumer<InventoryHost, Contribution> contributed;
    private final Map<String, Kind> kinds = new HashMap<>();

    ResourceBinder(
            DiagnosticSink mistakes,
            Expressions expressions,
            DocumentRenderer documents,
            LocalFiles localFiles,
            ResolvedNames names,
            TagSelection selection,
            Collection<Kind> kinds,
            Consumer<DeclaredResource> found,
            BiConsumer<InventoryHost, Contribution> contributed) {
        this.mistakes = mistakes;
        this.words = new ScalarReader(mistakes);
        this.expressions = expressions;
        this.documents = documents;
        this.localFiles = localFiles;
        this.names = names;
        this.selection = selection;
        this.found = found;
        this.contributed = contributed;
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
    }

    /** Return the keys that a resource of any kind has. */
    public static List<String> commonKeys(Kind kind) {
        if (kind.isShared()) {
            return List.of("name", "tags", "when", "for_each");
        }
        List<String> keys = new ArrayList<>(List.of("name", "state"));
        kind.within().ifPresent(keys::add);
        if (kind.hasState()) {
            keys.add("autostart");
        }
        keys.addAll(
                List.of("protect", "validate", "tags", "when", "for_each", "on_change", "xml", "template", "values"));
        if (kind.templates().isPresent()) {
            keys.add(kind.root());
        }
        return keys;
    }

    /** Return the key that names a Freemarker template of one's own. */
    public static String ownTemplate(Kind kind) {
        return kind.templates().isPresent() ? kind.root() : "template";
    }

    /** Return what {@code state} may be. */
    public static Map<String, DesiredState> states(Kind kind) {
        Map<String, DesiredState> states = new LinkedHashMap<>();
        if (kind.hasState()) {
            states.put("active", DesiredState.ACTIVE);
            states.put("running", DesiredState.ACTIVE);
            if (kind.canPause()) {
                states.put("paused", DesiredState.PAUSED);
            }
            states.put("inactive", DesiredState.INACTIVE);
            states.put("stopped", DesiredState.INACTIVE);
        }
        states.put("present", DesiredState.ACTIVE);
        states.put("absent", DesiredState.ABSENT);
        return states;
    }

    public static Set<String> allowedChanges() {
        return new TreeSet<>(ALLOWED.keySet());
    }

    /** Bind all that stands below the key of a kind. */
    void bindAll(Kind kind, YamlNode list, BindContext setting, PlayScope play) {
        if (list instanceof YamlNode.Scalar scalar && scalar.absent()) {
            return;
        }
        var computed = list instanceof YamlNode.Scalar;
        var items = computed ? expressions.evaluate(list, setting.variables()) : list;
        switch (items) {
            case YamlNode.Sequence sequence ->
                sequence.items().forEach(item -> bind(kind, item, computed, setting, play));
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping -> notAList(kind, mapping);
            case YamlNode.Scalar scalar -> notAList(kind, scalar);
        }
    }

    private void notAList(Kind kind, YamlNode node) {
        mistakes.error(
                Code.WRONG_SHAPE,
                node.place(),
                "'" + kind.key() + "' is a list, but here is " + node.shape() + ".",
                "Start each of them with '- '.");
    }

    /** Bind an item of the list; what came out of an expression is not evaluated a second time. */
    private void bind(Kind kind, YamlNode item, boolean computed, BindContext setting, PlayScope play) {
        switch (item) {
            case YamlNode.Scalar scalar
            when !computed && Interpolation.alone(scalar.text()).isPresent() ->
                bind(kind, expressions.evaluate(scalar, setting.variables()), true, setting, play);
            case YamlNode.Scalar scalar -> notAResource(kind, scalar);
            case YamlNode.Sequence sequence -> notAResource(kind, sequence);
            case YamlNode.Failed failed -> {}
            case YamlNode.Mapping mapping -> select(new Item(kind, mapping, computed, setting, play));
        }
    }

    private void notAResource(Kind kind, YamlNode node) {
        mistakes.error(
                Code.WRONG_SHAPE,
                node.place(),
                "Below '" + kind.key() + "' each item is a mapping, but here is " + node.shape() + ".",
                "Write it as a mapping, starting with '- name: ...'.");
    }

    /**
     * A resource as it stands in a file.
     *
     * @param parts where the items of its lists stand, once its words are expanded
     */
    private record Item(
            Kind kind,
            YamlNode.Mapping mapping,
            boolean computed,
            BindContext setting,
            PlayScope play,
            Map<String, List<SourceLocation>> parts) {
        Item(Kind kind, YamlNode.Mapping mapping, boolean computed, BindContext setting, PlayScope play) {
            this(kind, mapping, computed, setting, play, new LinkedHashMap<>());
        }

        Variables variables() {
            return setting.variables();
        }

        Item with(Variables variables) {
            return new Item(kind, mapping, computed, setting.within(setting.layers(), variables), play);
        }
    }

    private YamlNode evaluate(Item item, YamlNode node) {
        return item.computed() ? node : expressions.evaluate(node, item.variables());
    }

    private void select(Item item) {
        checkKeys(item);
        Set<String> tags = new TreeSet<>(item.setting().tags());
        item.mapping().said("tags").ifPresent(node -> tags.addAll(words.list(evaluate(item, node), "a tag")));
        if (selection.wants(tags)) {
            repeat(item, List.copyOf(tags));
        }
    }

    private void repeat(Item item, List<String> tags) {
        var forEach = item.mapping().said("for_each");
        if (forEach.isEmpty()) {
            when(item, tags);
            return;
        }
        switch (evaluate(item, forEach.get())) {
            case YamlNode.Failed failed -> {}
            case YamlNode.Scalar scalar -> {
                // An empty variable: nothing to repeat for.
                if (!scalar.absent()) {
                    mistakes.error(
                            Code.WRONG_SHAPE,
                            scalar.place(),
                            "'for_each' is a mapping or a list of texts, but here is " + scalar.shape() + ".",
                            "Write a mapping of keys to values, or a list.");
                }
            }
            case YamlNode.Mapping mapping ->
                mapping.entries().forEach((key, entry) -> {
                    var name = YamlNode.Scalar.of(entry.keyPlace(), key);
                    when(each(item, name, entry.value()), tags);
                });
            case YamlNode.Sequence sequence -> {
                Map<String, SourceLocation> keys = new LinkedHashMap<>();
                for (var value : sequence.items()) {
                    var key = words.text(value, "a text; to repeat for mappings, give each a key");
                    if (key.isEmpty()) {
                        continue;
                    }
                    var earlier = keys.putIfAbsent(key.get(), value.place());
                    if (earlier != null) {
                        mistakes.error(
                                Code.YAML_DUPLICATE_KEY,
                                value.place(),
                                mistakes.quote(key.get()) + " is in the list twice, first at " + earlier + ".",
                                "Remove one of the two.");
                    } else {
                        when(each(item, value, value), tags);
                    }
                }
            }
        }
    }

    private static Item each(Item item, YamlNode key, YamlNode value) {
        var each = new YamlNode.Mapping(
                value.place(),
                Map.of("key", new YamlNode.Entry(key.place(), key), "value", new YamlNode.Entry(value.place(), value)));
        return item.with(VariableScope.with(item.variables(), Map.of("each", each)));
    }

    private void when(Item item, List<String> tags) {
        var condition = item.mapping().said("when");
        if (condition.isEmpty()
                || expressions.holds(condition.get(), item.variables()).orElse(false)) {
            bind(item, tags);
        }
    }

    private void checkKeys(Item item) {
        var keys = item.mapping();
        var common = commonKeys(item.kind());
        var own = Schema.keys(item.kind().schema());
        var known = new LinkedHashSet<>(common);
        known.addAll(own);
        var raw = keys.said("xml");
        var template = keys.said(ownTemplate(item.kind()));
        var made = keys.said("template");
        keys.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                if (template.isPresent() && Suggestion.nearest(key, known).isEmpty()) {
                    mistakes.error(
                            Code.UNKNOWN_KEY,
                            entry.keyPlace(),
                            "Unknown key " + mistakes.quote(key) + ".",
                            "What is for the template stands below 'values'.");
                } else {
                    mistakes.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, known);
                }
            } else if (raw.isPresent() && !common.contains(key)) {
                mistakes.error(
                        Code.CONFLICTING_KEYS,
                        entry.keyPlace(),
                        "With 'xml' the document says all, so '" + key + "' cannot be given as well.",
                        "Say it in the document, or leave 'xml' out.");
            }
        });
        for (var other : new TreeSet<>(List.of("template", ownTemplate(item.kind())))) {
            if (raw.isPresent() && keys.said(other).isPresent()) {
                mistakes.error(
                        Code.CONFLICTING_KEYS,
                        keys.said(other).get().place(),
                        "'xml' and '" + other + "' both give the document.",
                        "Remove one of the two.");
            }
        }
        if (template.isEmpty() && made.isEmpty() && keys.said("values").isPresent()) {
            mistakes.error(
                    Code.CONFLICTING_KEYS,
                    keys.said("values").get().place(),
                    "'values' are for a template of one's own, and there is no '" + ownTemplate(item.kind())
                            + "' here.",
                    "Name the template, or remove the values.");
        }
    }

    private void bind(Item item, List<String> tags) {
        var kind = item.kind();
        var common = commonKeys(kind);
        Map<String, YamlNode.Entry> said = new LinkedHashMap<>();
        Map<String, YamlNode.Entry> own = new LinkedHashMap<>();
        evaluated(item).forEach((key, value) -> {
            if (common.contains(key)) {
                said.put(key, value);
            } else if (kind.schema().fields().containsKey(key)) {
                own.put(key, value);
            }
        });
        var place = item.mapping().place();
        var keys = new YamlNode.Mapping(place, said);
        var fields = new YamlNode.Mapping(place, own);
        var states = states(kind);
        var state = keys.said("state")
                .map(node -> words.choice(node, "a state of a resource", states))
                .orElse(Optional.of(DesiredState.ACTIVE));
        var autostartNode = keys.said("autostart");
        var autostart = autostartNode.flatMap(words::bool);
        var protect = keys.said("protect").map(words::bool).orElse(Optional.of(false));
        var validate = keys.said("validate").map(words::bool).orElse(Optional.of(true));
        var onChange = keys.said("on_change")
                .map(node -> words.choice(node, "what a change may cost", ALLOWED))
                .orElse(Optional.of(ChangePolicy.upTo(kind.changesAllowed())));
        var sound = state.isPresent()
                && autostartNode.isPresent() == autostart.isPresent()
                && protect.isPresent()
                && validate.isPresent()
                && onChange.isPresent();
        var nameNode = keys.said("name");
        var name = nameNode.flatMap(node -> name(kind, node));
        if (nameNode.isPresent() && name.isEmpty()) {
            sound = false;
        }
        var document = document(item, keys, fields, name, state.orElse(DesiredState.ACTIVE));
        if (document.isEmpty() || !sound) {
            return;
        }
        var named = named(item, nameNode, name, document.get());
        if (named.isEmpty()) {
            return;
        }
        var container = container(item, keys);
        if (kind.within().isPresent() && container.isEmpty()) {
            return;
        }
        var resource = named.get();
        if (state.get() != DesiredState.ABSENT && !isSound(kind, resource.document(), place)) {
            return;
        }
        var full = container.map(within -> within + "/" + resource.name()).orElse(resource.name());
        found.accept(new DeclaredResource(
                kind,
                new ResourceId(kind.name(), kind.objectName(full, resource.document())),
                item.setting().host(),
                item.setting().project(),
                place,
                resource.document(),
                state.get(),
                autostart,
                protect.get(),
                validate.get(),
                onChange.get(),
                tags,
                kind.uuid(resource.document()),
                DeclaredResource.Origin.WRITTEN,
                item.parts()));
    }

    /** Return what the item says, that of its template among it. */
    private Map<String, YamlNode.Entry> evaluated(Item item) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        item.mapping().entries().forEach((key, entry) -> {
            if (!OWN_WAY.contains(key)) {
                entries.put(key, new YamlNode.Entry(entry.keyPlace(), evaluate(item, entry.value())));
            }
        });
        var template = entries.get("template");
        return template == null
                ? entries
                : item.kind()
                        .templates()
                        .map(key -> item.play().templates(key).joined(template.value(), entries))
                        .orElse(entries);
    }

    private static Map<String, List<SourceLocation>> parts(Value.Mapping spec) {
        Map<String, List<SourceLocation>> parts = new LinkedHashMap<>();
        spec.entries().forEach((key, entry) -> {
            if (entry.value() instanceof Value.Sequence list) {
                parts.put(key, list.items().stream().map(Value::place).toList());
            }
        });
        return parts;
    }

    /** Return the name of the object that this one is within; empty also after telling that it is missing. */
    private Optional<String> container(Item item, YamlNode.Mapping keys) {
        var key = item.kind().within();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        var said = keys.said(key.get());
        if (said.isEmpty() && nothingSaid(keys, item, key.get())) {
            mistakes.error(
                    Code.MISSING_KEY,
                    item.mapping().place(),
                    "The " + item.kind().name() + " does not say which " + key.get() + " it is in.",
                    "Add '" + key.get() + ": ...'.");
        }
        return said.flatMap(this::name);
    }

    private Optional<String> name(Kind kind, YamlNode node) {
        return name(node).filter(text -> kind.nameType()
                .map(type -> switch (type.read().apply(text)) {
                    case ScalarType.Reading.Good good -> true;
                    case ScalarType.Reading.Bad bad -> {
                        mistakes.error(
                                Code.BAD_VALUE, node.place(), bad.reason(), "Use letters, digits, dots and dashes.");
                        yield false;
                    }
                })
                .orElse(true));
    }

    /** libvirt keeps each object in a file of its name, so it refuses what could not be one. */
    private Optional<String> name(YamlNode node) {
        return words.text(node, "a name").filter(text -> {
            var fits = !text.isBlank()
                    && !text.equals(".")
                    && !text.equals("..")
                    && text.codePoints().noneMatch(point -> point == '/' || point < ' ');
            if (!fits) {
                mistakes.error(
                        Code.BAD_VALUE,
                        node.place(),
                        mistakes.quote(text) + " cannot be a name in libvirt.",
                        "Use a text without '/' and line breaks.");
            }
            return fits;
        });
    }

    private Optional<Element> document(
            Item item, YamlNode.Mapping keys, YamlNode.Mapping fields, Optional<String> name, DesiredState state) {
        var kind = item.kind();
        var raw = item.mapping().entries().get("xml");
        if (raw != null && item.mapping().said("xml").isPresent()) {
            return documents.raw(kind, raw, item.computed(), item.variables());
        }
        var template = keys.said(ownTemplate(kind));
        if (template.isPresent()) {
            var spec = new SchemaValidator(mistakes, false)
                    .mapping(kind.schema(), fields)
                    .flatMap(said -> name.map(text -> expanded(item, said, text, state, keys))
                            .orElse(Optional.of(said)));
            var path = words.text(template.get(), "the path of a template");
            if (spec.isEmpty() || path.isEmpty()) {
                return Optional.empty();
            }
            Map<String, YamlNode> model = new LinkedHashMap<>();
            keys.said("values").ifPresent(values -> {
                if (values instanceof YamlNode.Mapping mapping) {
                    mapping.entries().forEach((key, entry) -> model.put(key, entry.value()));
                } else if (!(values instanceof YamlNode.Failed)) {
                    mistakes.error(
                            Code.WRONG_SHAPE,
                            values.place(),
                            "'values' is a mapping, but here is " + values.shape() + ".",
                            "Write 'name: value' lines.");
                }
                model.put("values", values);
            });
            ValueNodes.node(spec.get()).entries().forEach((key, entry) -> model.put(key, entry.value()));
            name.ifPresent(
                    text -> model.put("name", YamlNode.Scalar.of(item.mapping().place(), text)));
            return documents.templated(
                    kind,
                    path.get(),
                    template.get().place(),
                    VariableScope.with(item.variables(), model),
                    item.setting().templates());
        }
        if (nothingSaid(keys, item, "name")) {
            mistakes.error(
                    Code.MISSING_KEY,
                    item.mapping().place(),
                    "The " + kind.name() + " has no name.",
                    "Add 'name: ...'.");
            new SchemaValidator(mistakes, false).mapping(kind.schema(), fields);
            return Optional.empty();
        }
        return byFields(item, keys, fields, name, state);
    }

    private static boolean nothingSaid(YamlNode.Mapping keys, Item item, String key) {
        return keys.said(key).isEmpty() && item.mapping().said(key).isEmpty();
    }

    /** Of what has to go the name is enough, but what else is said has to be right. */
    private Optional<Element> byFields(
            Item item, YamlNode.Mapping keys, YamlNode.Mapping fields, Optional<String> name, DesiredState state) {
        var kind = item.kind();
        if (state == DesiredState.ABSENT) {
            var partial = new SchemaValidator(mistakes, false).mapping(kind.schema(), fields);
            var missing = kind.schema().fields().entrySet().stream()
                    .anyMatch(field -> field.getValue().required()
                            && fields.said(field.getKey()).isEmpty());
            if (partial.isEmpty() || missing || partial.get().entries().isEmpty()) {
                partial.ifPresent(spec -> name.ifPresent(text -> expanded(item, spec, text, state, keys)));
                return partial.map(checked -> Element.of(kind.root()));
            }
        }
        return new SchemaValidator(mistakes, true)
                .mapping(kind.schema(), fields)
                .filter(spec -> isConsistent(kind, spec))
                .flatMap(spec -> withLocalFile(kind, spec))
                .flatMap(spec -> name.flatMap(text -> expanded(item, spec, text, state, keys)))
                .flatMap(spec -> documents.rendered(kind, spec, item.setting().templates()));
    }

    /** Return the spec with its name and without short words, after binding what these stand for. */
    private Optional<Value.Mapping> expanded(
            Item item, Value.Mapping said, String name, DesiredState state, YamlNode.Mapping keys) {
        var kind = item.kind();
        var spec = said.with("name", Value.Scalar.of(said.place(), name));
        var id = new ResourceId(
                kind.name(), container(item, keys).map(within -> within + "/").orElse("") + name);
        item.play().remember(id, spec);
        var project = item.setting().project();
        var uuid = spec.text("uuid").orElse(ResourceUuid.uuid(project, id));
        var expansion = kind.expand(spec, new ExpansionContext(project, uuid, names, item.play()::said));
        expansion.mistakes().forEach(mistakes::add);
        if (expansion.mistakes().stream().anyMatch(Diagnostic::isError)) {
            return Optional.empty();
        }
        expansion.derived().forEach(derived -> derive(item, derived, state));
        if (state != DesiredState.ABSENT) {
            expansion
                    .contributions()
                    .forEach(part -> contributed.accept(item.setting().host(), part));
        }
        item.parts().putAll(parts(expansion.spec()));
        return Optional.of(expansion.spec());
    }

    private void derive(Item item, DerivedResource derived, DesiredState state) {
        if (state == DesiredState.ABSENT && derived.shared()) {
            return;
        }
        var kind = kinds.get(derived.kind());
        if (kind == null) {
            throw new IllegalStateException("A resource stands for one of the unknown kind " + derived.kind()
                    + ". This is a bug in this tool.");
        }
        var spec = derived.spec().text("name").isPresent()
                ? derived.spec()
                : derived.spec().with("name", Value.Scalar.of(derived.spec().place(), derived.name()));
        var full = derived.within().map(within -> within + "/").orElse("") + derived.name();
        documents
                .rendered(kind, spec, item.setting().templates())
                .map(document -> new DeclaredResource(
                        kind,
                        new ResourceId(kind.name(), kind.objectName(full, document)),
                        item.setting().host(),
                        derived.shared() ? NOBODY : item.setting().project(),
                        item.mapping().place(),
                        kind.named(document, derived.name()),
                        state == DesiredState.ABSENT ? DesiredState.ABSENT : DesiredState.ACTIVE,
                        kind.hasState() ? Optional.of(true) : Optional.empty(),
                        false,
                        true,
                        ChangePolicy.upTo(kind.changesAllowed()),
                        List.copyOf(item.setting().tags()),
                        spec.text("uuid"),
                        derived.shared() ? DeclaredResource.Origin.SHARED : DeclaredResource.Origin.DERIVED,
                        Map.of()))
                .ifPresent(found);
    }

    private Optional<Value.Mapping> withLocalFile(Kind kind, Value.Mapping spec) {
        var key = kind.localFile().filter(name -> spec.text(name).isPresent());
        if (key.isEmpty()) {
            return Optional.of(spec);
        }
        var said = spec.get(key.get()).orElseThrow();
        return localFiles.find(spec.text(key.get()).orElseThrow(), said.place()).map(file -> spec.with(
                        key.get(), Value.Scalar.of(said.place(), file.path().toString()))
                .with("sha256", Value.Scalar.of(said.place(), file.sha256())));
    }

    private boolean isConsistent(Kind kind, Value.Mapping spec) {
        var found = kind.mistakes(spec);
        found.forEach(mistakes::add);
        return found.stream().noneMatch(Diagnostic::isError);
    }

    private boolean isSound(Kind kind, Element document, SourceLocation place) {
        var found = kind.mistakes(document, place);
        found.forEach(mistakes::add);
        return found.stream().noneMatch(Diagnostic::isError);
    }

    /** A document and its name, which agree. */
    private record Named(String name, Element document) {}

    private Optional<Named> named(Item item, Optional<YamlNode> nameNode, Optional<String> name, Element document) {
        var kind = item.kind();
        var inside = kind.documentName(document).filter(text -> !text.isEmpty());
        if (name.isEmpty()) {
            if (inside.isEmpty()) {
                mistakes.error(
                        Code.MISSING_KEY,
                        item.mapping().place(),
                        "The " + kind.name() + " has no name, neither as a key nor in its document.",
                        "Add 'name: ...'.");
            }
            var place = item.mapping().place();
            return inside.flatMap(
                            text -> name(new YamlNode.Scalar(place, text, false, false, ScalarLayout.none(place))))
                    .map(text -> new Named(text, document));
        }
        if (inside.isPresent() && !inside.get().equals(name.get())) {
            mistakes.error(
                    Code.NAME_MISMATCH,
                    nameNode.map(YamlNode::place).orElse(item.mapping().place()),
                    "The resource is called " + mistakes.quote(name.get()) + ", but its document "
                            + mistakes.quote(inside.get()) + ".",
                    "Leave one of the two out, or make them the same.");
            return Optional.empty();
        }
        return Optional.of(new Named(name.get(), kind.named(document, name.get())));
    }
}
