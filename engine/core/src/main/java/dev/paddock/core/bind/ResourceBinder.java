package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.core.check.OtherLanguage;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.schema.SchemaValidator;
import dev.paddock.core.schema.ValueNodes;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.LocalFiles;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.template.DocumentRenderer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binds the selected resources of one kind: evaluates their values, checks them, and makes their documents. */
final class ResourceBinder {
    /** The keys that are not evaluated like all others. */
    private static final Set<String> EVALUATED_SEPARATELY = Set.of("when", "for_each", "xml", "tags");

    private final ResourceSelector selector;
    private final DerivedResources derivedResources;
    private final DocumentRenderer documents;
    private final LocalFiles localFiles;
    private final SourceFiles files;
    private final Expressions expressions;
    private final DeclarationRegistry registry;
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private final OtherLanguage otherLanguage;
    private final Set<String> incomplete = new HashSet<>();
    /** The errors that were found in resources. */
    private int ownErrors;

    ResourceBinder(
            ResourceSelector selector,
            DerivedResources derivedResources,
            DocumentRenderer documents,
            LocalFiles localFiles,
            SourceFiles files,
            Expressions expressions,
            DeclarationRegistry registry,
            DiagnosticSink diagnostics) {
        this.selector = selector;
        this.derivedResources = derivedResources;
        this.documents = documents;
        this.localFiles = localFiles;
        this.files = files;
        this.expressions = expressions;
        this.registry = registry;
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
        this.otherLanguage = new OtherLanguage(diagnostics);
    }

    /** Bind the list below the key of a kind, and register its resources. */
    void bindAll(Kind kind, YamlNode list, BindContext context, PlayScope play) {
        var before = diagnostics.errors();
        selector.select(kind, list, context, play, this::bind);
        var added = diagnostics.errors() - before;
        if (added > 0) {
            incomplete.add(kind.name());
            ownErrors += added;
        }
    }

    /** Return the names of the kinds of which resources may be missing, because of errors so far. */
    Set<String> incomplete(Collection<Kind> kinds) {
        return diagnostics.errors() > ownErrors
                ? kinds.stream().map(Kind::name).collect(Collectors.toSet())
                : Set.copyOf(incomplete);
    }

    /**
     * The evaluated values of a resource.
     *
     * @param common its values for {@link CommonKeys#names}
     * @param fields its values for the schema of its kind
     */
    private record Values(YamlNode.Mapping common, YamlNode.Mapping fields) {}

    /**
     * The document of a resource.
     *
     * @param spec the fields that it is made of; absent if the playbook gives a whole document
     */
    private record BoundDocument(Element document, Optional<Value.Mapping> spec) {}

    private void bind(ResourceItem item) {
        var kind = item.kind();
        if (!item.computed()) {
            otherLanguage.warn(item.mapping());
        }
        var values = values(item);
        var keys = CommonKeys.read(kind, values.common(), scalars);
        var nameNode = values.common().nonNull("name");
        var name = nameNode.flatMap(node -> name(kind, node));
        var valid = keys.valid() && nameNode.isPresent() == name.isPresent();
        var document = document(item, values, name, keys.state());
        if (document.isEmpty() || !valid) {
            return;
        }
        var named = withName(item, nameNode, name, document.get().document());
        if (named.isEmpty()) {
            return;
        }
        var container = container(item, values.common());
        if (ContainedKind.of(kind).within().isPresent() && container.isEmpty()) {
            return;
        }
        var resource = named.get();
        var fullName = container.map(text -> text + "/" + resource.name()).orElse(resource.name());
        registry.addResource(item.declare(
                new ResourceId(kind.name(), ContainedKind.of(kind).objectName(fullName, resource.document())),
                resource.document(),
                keys,
                document.get().spec().map(spec -> withNames(kind, spec, values.common()))));
    }

    /** Return the fields with the name of the resource and that of its container, which are not of its kind. */
    private Value.Mapping withNames(Kind kind, Value.Mapping spec, YamlNode.Mapping common) {
        var complete = spec;
        for (var key : Stream.concat(Stream.of("name"), ContainedKind.of(kind).within().stream())
                .toList()) {
            if (common.nonNull(key).orElse(null) instanceof YamlNode.Scalar scalar) {
                complete = complete.with(key, Value.Scalar.of(scalar.place(), scalar.text()));
            }
        }
        return complete;
    }

    private Values values(ResourceItem item) {
        var commonKeys = CommonKeys.names(item.kind());
        Map<String, YamlNode.Entry> common = new LinkedHashMap<>();
        Map<String, YamlNode.Entry> fields = new LinkedHashMap<>();
        evaluated(item).forEach((key, value) -> {
            if (commonKeys.contains(key)) {
                common.put(key, value);
            } else if (item.kind().schema().fields().containsKey(key)) {
                fields.put(key, value);
            }
        });
        return new Values(new YamlNode.Mapping(item.location(), common), new YamlNode.Mapping(item.location(), fields));
    }

    /** Return the evaluated values of the item, merged with those of its template. */
    private Map<String, YamlNode.Entry> evaluated(ResourceItem item) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        item.mapping().entries().forEach((key, entry) -> {
            if (!EVALUATED_SEPARATELY.contains(key)) {
                entries.put(key, new YamlNode.Entry(entry.keyPlace(), item.evaluate(entry.value(), expressions)));
            }
        });
        var template = entries.get("template");
        return template == null
                ? entries
                : ShorthandKind.of(item.kind())
                        .templates()
                        .map(key -> item.play().templates(key).merge(template.value(), entries))
                        .orElse(entries);
    }

    /** Return the name of the object that contains this one; empty also if it is missing, which is reported. */
    private Optional<String> container(ResourceItem item, YamlNode.Mapping common) {
        var key = ContainedKind.of(item.kind()).within();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        var node = common.nonNull(key.get());
        if (node.isEmpty() && isMissing(key.get(), common, item)) {
            diagnostics.error(
                    Code.MISSING_KEY,
                    item.location(),
                    "The " + item.kind().name() + " does not say which " + key.get() + " it is in.",
                    "Add '" + key.get() + ": ...'.");
        }
        return node.flatMap(this::name);
    }

    private Optional<String> name(Kind kind, YamlNode node) {
        return name(node).filter(text -> CheckedKind.of(kind)
                .nameType()
                .map(type -> switch (type.read().apply(text)) {
                    case ScalarType.Reading.Good good -> true;
                    case ScalarType.Reading.Bad bad -> {
                        diagnostics.error(
                                Code.BAD_VALUE, node.place(), bad.reason(), "Use letters, digits, dots and dashes.");
                        yield false;
                    }
                })
                .orElse(true));
    }

    /** libvirt stores each object in a file of its name, so it rejects names that are no file names. */
    private Optional<String> name(YamlNode node) {
        return scalars.text(node, "a name").filter(text -> {
            var valid = !text.isBlank()
                    && !text.equals(".")
                    && !text.equals("..")
                    && text.codePoints()
                            .noneMatch(point -> point == '/' || Character.getType(point) == Character.CONTROL);
            if (!valid) {
                diagnostics.error(
                        Code.BAD_VALUE,
                        node.place(),
                        diagnostics.quote(text) + " cannot be a name in libvirt.",
                        "Use a text without '/' and line breaks.");
            }
            return valid;
        });
    }

    /** Return the document: the raw one, that of the user's own template, or that of the kind's template. */
    private Optional<BoundDocument> document(
            ResourceItem item, Values values, Optional<String> name, DesiredState state) {
        var kind = item.kind();
        var raw = item.mapping().entries().get("xml");
        if (raw != null && item.mapping().nonNull("xml").isPresent()) {
            return documents
                    .raw(kind, raw, item.computed(), item.variables())
                    .map(document -> new BoundDocument(document, Optional.empty()));
        }
        var template = values.common().nonNull(CommonKeys.templateKey(kind));
        if (template.isPresent()) {
            return ownTemplate(item, template.get(), values, name, state);
        }
        if (isMissing("name", values.common(), item)) {
            diagnostics.error(
                    Code.MISSING_KEY, item.location(), "The " + kind.name() + " has no name.", "Add 'name: ...'.");
            new SchemaValidator(diagnostics, files, false).mapping(kind.schema(), values.fields());
            return Optional.empty();
        }
        return state == DesiredState.ABSENT
                ? absentDocument(item, values, name)
                : kindTemplate(item, values, name, state);
    }

    private static boolean isMissing(String key, YamlNode.Mapping common, ResourceItem item) {
        return common.nonNull(key).isEmpty() && item.mapping().nonNull(key).isEmpty();
    }

    private Optional<BoundDocument> ownTemplate(
            ResourceItem item, YamlNode template, Values values, Optional<String> name, DesiredState state) {
        var kind = item.kind();
        var checked = new SchemaValidator(diagnostics, files, false).mapping(kind.schema(), values.fields());
        var expanded =
                name.isEmpty() ? checked : checked.flatMap(spec -> expand(item, spec, name.get(), state, values));
        var path = scalars.text(template, "the path of a template");
        if (expanded.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        Map<String, YamlNode> model = new LinkedHashMap<>();
        values.common().nonNull("values").ifPresent(node -> addValues(node, model));
        ValueNodes.node(expanded.get()).entries().forEach((key, entry) -> model.put(key, entry.value()));
        name.ifPresent(text -> model.put("name", YamlNode.Scalar.of(item.location(), text)));
        var variables = VariableScope.with(item.variables(), model);
        return documents
                .templated(
                        kind,
                        path.get(),
                        template.place(),
                        variables,
                        item.context().templates())
                .map(document -> new BoundDocument(document, expanded));
    }

    private void addValues(YamlNode values, Map<String, YamlNode> model) {
        if (values instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> model.put(key, entry.value()));
        } else if (!(values instanceof YamlNode.Failed)) {
            diagnostics.error(
                    Code.WRONG_SHAPE,
                    values.place(),
                    "'values' is a mapping, but here is " + values.shape() + ".",
                    "Write 'name: value' lines.");
        }
        model.put("values", values);
    }

    /** Of an absent resource the name is enough, but what else is given has to be valid. */
    private Optional<BoundDocument> absentDocument(ResourceItem item, Values values, Optional<String> name) {
        var kind = item.kind();
        var partial = new SchemaValidator(diagnostics, files, false).mapping(kind.schema(), values.fields());
        var incomplete = kind.schema().fields().entrySet().stream()
                .anyMatch(field -> field.getValue().required()
                        && values.fields().nonNull(field.getKey()).isEmpty());
        if (partial.isPresent() && !incomplete && !partial.get().entries().isEmpty()) {
            return kindTemplate(item, values, name, DesiredState.ABSENT);
        }
        var expanded =
                partial.flatMap(spec -> name.flatMap(text -> expand(item, spec, text, DesiredState.ABSENT, values)));
        return partial.map(spec -> new BoundDocument(Element.of(kind.root()), expanded));
    }

    private Optional<BoundDocument> kindTemplate(
            ResourceItem item, Values values, Optional<String> name, DesiredState state) {
        var kind = item.kind();
        return new SchemaValidator(diagnostics, files, true)
                .mapping(kind.schema(), values.fields())
                .filter(spec -> isValid(CheckedKind.of(kind).mistakes(spec)))
                .flatMap(spec -> withLocalFile(kind, spec))
                .flatMap(spec -> name.flatMap(text -> expand(item, spec, text, state, values)))
                .flatMap(spec -> documents
                        .rendered(kind, spec, item.context().templates())
                        .map(document -> new BoundDocument(document, Optional.of(spec))));
    }

    /** Return the spec with its name and without shorthand. */
    private Optional<Value.Mapping> expand(
            ResourceItem item, Value.Mapping spec, String name, DesiredState state, Values values) {
        var container = container(item, values.common()).map(text -> text + "/").orElse("");
        return derivedResources.expand(
                item,
                spec.with("name", Value.Scalar.of(spec.place(), name)),
                new ResourceId(item.kind().name(), container + name),
                state);
    }

    /** Return the spec with the absolute path and the checksum of the local file that it names. */
    private Optional<Value.Mapping> withLocalFile(Kind kind, Value.Mapping spec) {
        var key = FileKind.of(kind).localFile().filter(name -> spec.text(name).isPresent());
        if (key.isEmpty()) {
            return Optional.of(spec);
        }
        var location = spec.get(key.get()).orElseThrow().place();
        return localFiles.find(spec.text(key.get()).orElseThrow(), location).map(file -> spec.with(
                        key.get(), Value.Scalar.of(location, file.path().toString()))
                .with("sha256", Value.Scalar.of(location, file.sha256())));
    }

    /** Report the diagnostics, and return whether there is no error among them. */
    private boolean isValid(List<Diagnostic> found) {
        found.forEach(diagnostics::add);
        return found.stream().noneMatch(Diagnostic::isError);
    }

    /** A document, and its name. */
    private record NamedDocument(String name, Element document) {}

    /** Return the document with the name that it and the playbook agree on. */
    private Optional<NamedDocument> withName(
            ResourceItem item, Optional<YamlNode> nameNode, Optional<String> name, Element document) {
        var kind = item.kind();
        var documentName = kind.documentName(document).filter(text -> !text.isEmpty());
        if (name.isEmpty()) {
            if (documentName.isEmpty()) {
                diagnostics.error(
                        Code.MISSING_KEY,
                        item.location(),
                        "The " + kind.name() + " has no name, neither as a key nor in its document.",
                        "Add 'name: ...'.");
            }
            return documentName
                    .flatMap(text -> name(new YamlNode.Scalar(
                            item.location(), text, false, false, ScalarLayout.none(item.location()))))
                    .map(text -> new NamedDocument(text, document));
        }
        if (documentName.isPresent() && !documentName.get().equals(name.get())) {
            diagnostics.error(
                    Code.NAME_MISMATCH,
                    nameNode.map(YamlNode::place).orElse(item.location()),
                    "The resource is called " + diagnostics.quote(name.get()) + ", but its document "
                            + diagnostics.quote(documentName.get()) + ".",
                    "Leave one of the two out, or make them the same.");
            return Optional.empty();
        }
        return Optional.of(new NamedDocument(name.get(), kind.named(document, name.get())));
    }
}
