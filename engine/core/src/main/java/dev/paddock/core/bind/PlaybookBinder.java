package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.kind.Contribution;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.expression.Watchdog;
import dev.paddock.core.inventory.Inventory;
import dev.paddock.core.inventory.VariableLayer;
import dev.paddock.core.inventory.VariableLayers;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.DeclaredResource.Origin;
import dev.paddock.core.resource.Expectation;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.FileDigester;
import dev.paddock.core.source.LocalFiles;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.template.DocumentRenderer;
import dev.paddock.core.template.TemplateSource;
import dev.paddock.core.template.Templates;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One run of the binder: walks over plays, hosts and includes. */
final class PlaybookBinder {
    private static final SourceLocation COMMAND_LINE = SourceLocation.startOf("<command line>");
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String DEFAULT_PROJECT = "default";
    private static final int MOST_INCLUDES = 10_000;
    private static final int DEEPEST_INCLUDE = 40;
    private static final List<String> PLAY_KEYS =
            List.of("name", "project", "hosts", "vars", "vars_files", "include", "tags", "when", ExpectationBinder.KEY);
    private static final List<String> FRAGMENT_KEYS =
            List.of("name", "vars", "include", "tags", "when", ExpectationBinder.KEY);

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    /** By the key of a play's templates. */
    private final Map<String, List<Kind>> templated;

    private final TemplateSource templateSource;
    private final BindRequest request;
    private final BindListener foresight;
    private final DiagnosticSink mistakes;
    private final ScalarReader words;
    private final Expressions expressions;
    private final SourceFiles files;
    private final TagSelection selection;
    private final ResolvedNames names;
    private final ResourceBinder resources;

    private final Map<String, Optional<InventoryHost>> targets = new HashMap<>();
    /** By URI: two names of one libvirt are one host, which is planned once. */
    private final Map<String, InventoryHost> hosts = new LinkedHashMap<>();

    private final Map<InventoryHost, Set<String>> projects = new LinkedHashMap<>();
    /** Once each, as a fragment may be included twice. */
    private final Set<Expectation> expected = new LinkedHashSet<>();

    private final ExpectationBinder expectations;
    private final Map<List<String>, DeclaredResource> declared = new LinkedHashMap<>();
    /** By root, name and host. */
    private final Map<List<String>, DeclaredResource> taken = new HashMap<>();

    private final List<Added> added = new ArrayList<>();
    private final List<VariableLayer> extra = new ArrayList<>();
    private Inventory inventory;
    private @Nullable Set<String> limit;
    private int includes;

    PlaybookBinder(
            List<Kind> kinds,
            TemplateSource templateSource,
            FileDigester digests,
            NameResolver resolver,
            BindRequest request,
            BindListener foresight,
            DiagnosticSink mistakes,
            Watchdog watchdog) {
        kinds.forEach(kind -> this.kinds.put(kind.key(), kind));
        this.templated = ResourceTemplates.templated(kinds);
        this.templateSource = templateSource;
        this.request = request;
        this.foresight = foresight;
        this.mistakes = mistakes;
        this.words = new ScalarReader(mistakes);
        this.expressions = new Expressions(mistakes, watchdog);
        this.files = new SourceFiles(mistakes);
        this.selection = new TagSelection(request.tags(), request.skipTags());
        this.names = new ResolvedNames(resolver);
        this.resources = new ResourceBinder(
                mistakes,
                expressions,
                new DocumentRenderer(mistakes, expressions, files),
                new LocalFiles(mistakes, files, digests),
                names,
                selection,
                kinds,
                this::declare,
                this::contribute);
        this.expectations = new ExpectationBinder(mistakes, expected::add);
        this.inventory = Inventory.localOnly(mistakes);
    }

    /** Take this text for the content of a playbook. */
    void put(Path playbook, String text) {
        files.put(playbook, text);
    }

    BindResult bound() {
        added.forEach(this::add);
        return new BindResult(
                List.copyOf(hosts.values()),
                projects,
                List.copyOf(declared.values()),
                List.copyOf(expected),
                names.addresses(),
                mistakes.secrets(),
                mistakes.list());
    }

    /** Return where the expression stands that is being evaluated. */
    SourceLocation where() {
        return expressions.current().orElse(COMMAND_LINE);
    }

    /** Return only what was told: the thread that binds may still be running. */
    BindResult failed() {
        return new BindResult(List.of(), Map.of(), List.of(), List.of(), Map.of(), mistakes.secrets(), mistakes.list());
    }

    void run() {
        request.inventory()
                .ifPresent(file -> inventory = files.yaml(file, SourceLocation.startOf(file.toString()))
                        .map(root -> Inventory.of(root, mistakes))
                        .orElseGet(() -> Inventory.unreadable(mistakes)));
        for (var file : request.extraVarsFiles()) {
            extra.add(layer(file, SourceLocation.startOf(file.toString())));
        }
        extra.add(commandLine());
        request.limit().ifPresent(pattern -> limit = inventory.select(List.of(pattern), Optional.empty()));
        var templates = new HashMap<Path, Templates>();
        for (var playbook : request.playbooks()) {
            var folder = playbook.toAbsolutePath().normalize().getParent();
            var own = templates.computeIfAbsent(
                    folder == null ? Path.of("templates") : folder.resolve("templates"),
                    path -> new Templates(templateSource, expressions::engine, Optional.of(path)));
            files.yaml(playbook, SourceLocation.startOf(playbook.toString()))
                    .ifPresent(root -> playbook(root, playbook, own));
        }
        nothingSelected();
    }

    private VariableLayer commandLine() {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        request.extraVars().forEach((name, text) -> {
            var value =
                    new YamlNode.Scalar(COMMAND_LINE, text, !text.isEmpty(), false, ScalarLayout.none(COMMAND_LINE));
            entries.put(name, new YamlNode.Entry(COMMAND_LINE, value));
        });
        return VariableLayer.of(new YamlNode.Mapping(COMMAND_LINE, entries), mistakes);
    }

    private void nothingSelected() {
        if (mistakes.hasErrors()) {
            return;
        }
        if (hosts.isEmpty() && limit != null) {
            mistakes.add(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "No play applies to a host that --limit leaves.",
                    "The hosts are: " + String.join(", ", inventory.select(List.of("all"), Optional.empty())) + "."));
            return;
        }
        for (var tag : selection.unknown()) {
            mistakes.add(Diagnostic.warning(
                    Code.NOTHING_SELECTED,
                    "No resource has the tag " + mistakes.quote(tag) + ".",
                    DiagnosticSink.allOf(selection.seen())));
        }
        if (declared.isEmpty()) {
            mistakes.add(Diagnostic.warning(
                    Code.NOTHING_SELECTED,
                    "The playbooks declare no resource, or all are left out by tags and conditions.",
                    "Check the playbooks, --tags and --skip-tags."));
        }
    }

    /** What a resource of a host adds to another. */
    private record Added(InventoryHost host, Contribution part) {}

    private void contribute(InventoryHost host, Contribution part) {
        added.add(new Added(host, part));
    }

    private void add(Added addition) {
        var part = addition.part();
        var key = key(part.to(), addition.host());
        var resource = declared.get(key);
        var document = Optional.ofNullable(resource)
                .filter(found -> found.state() != DesiredState.ABSENT)
                .flatMap(found -> found.kind().with(found.document(), part.part()));
        if (resource != null && document.isPresent()) {
            declared.put(key, resource.with(document.get()));
            return;
        }
        mistakes.error(
                Code.UNKNOWN_REFERENCE,
                part.place(),
                resource == null
                        ? "What is asked for here is an entry of " + part.to() + ", which is not declared in this run."
                        : "What is asked for here is an entry of " + part.to() + ", which has no place for it.",
                resource == null
                        ? "Declare the " + part.to() + " here or in a file that is applied with this one."
                        : "Correct it here, or in the " + part.to() + " at " + resource.place() + ".");
    }

    private static List<String> key(ResourceId id, InventoryHost host) {
        return List.of(id.kind(), id.name(), host.uri());
    }

    private void declare(DeclaredResource named) {
        var resource = named.on(hosts.getOrDefault(named.host().uri(), named.host()));
        var key = key(resource.id(), resource.host());
        var earlier = declared.putIfAbsent(key, resource);
        take(resource);
        if (earlier != null && (earlier.origin() == Origin.SHARED || resource.origin() == Origin.SHARED)) {
            // Whoever shares it takes it as it is, and as it was declared where it was.
            if (earlier.origin() == Origin.SHARED) {
                declared.put(key, resource);
            }
            return;
        }
        // The same fragment, included twice, is not two declarations; nor is what everybody may ask for.
        if (earlier != null
                && !resource.kind().isShared()
                && !(earlier.place().equals(resource.place())
                        && earlier.document().equals(resource.document())
                        && earlier.project().equals(resource.project())
                        && earlier.state() == resource.state())) {
            mistakes.error(
                    Code.DUPLICATE_RESOURCE,
                    resource.place(),
                    "The " + resource.kind().name() + " "
                            + mistakes.quote(resource.id().name()) + " is declared twice for host '"
                            + resource.host().name() + "', first at " + earlier.place() + ".",
                    "Remove one of the two, or give it another name.");
        }
    }

    /** Tell of names that libvirt would have to give twice. */
    private void take(DeclaredResource resource) {
        if (resource.state() == DesiredState.ABSENT) {
            return;
        }
        for (var name : resource.kind().names(resource.id(), resource.document())) {
            var earlier = taken.putIfAbsent(
                    List.of(resource.kind().root(), name, resource.host().uri()), resource);
            if (earlier != null && !earlier.id().equals(resource.id())) {
                mistakes.error(
                        Code.DUPLICATE_RESOURCE,
                        resource.place(),
                        "The " + resource.id() + " and the " + earlier.id() + " at " + earlier.place()
                                + " would both have a " + resource.kind().root() + " of libvirt's called "
                                + mistakes.quote(name) + ", of which host '"
                                + resource.host().name() + "' can have one.",
                        "Give one of the two another name.");
            }
        }
    }

    private void playbook(YamlNode root, Path file, Templates templates) {
        var chain = List.of(SourceFiles.real(file));
        switch (root) {
            case YamlNode.Mapping play -> play(play, templates, chain);
            case YamlNode.Sequence plays -> {
                for (var item : plays.items()) {
                    if (item instanceof YamlNode.Mapping play) {
                        play(play, templates, chain);
                    } else {
                        notAPlay(item);
                    }
                }
            }
            case YamlNode.Scalar scalar -> notAPlay(scalar);
            case YamlNode.Failed failed -> {}
        }
    }

    private void notAPlay(YamlNode node) {
        mistakes.error(
                Code.WRONG_SHAPE,
                node.place(),
                "A play is a mapping, but here is " + node.shape() + ".",
                "Write a list of plays, each a mapping with " + String.join(", ", PLAY_KEYS) + " and "
                        + String.join(", ", kinds.keySet()) + ".");
    }

    private void play(YamlNode.Mapping play, Templates templates, List<Path> chain) {
        checkKeys(play, PLAY_KEYS);
        var global = new VariableLayers(List.of(), List.of(), List.of(layer(play, "vars")), extra);
        var selected = selectHosts(play, scope(global, Map.of()));
        for (var name : selected) {
            var target = target(name);
            if (target.isEmpty()) {
                continue;
            }
            var host = hosts.computeIfAbsent(target.get().uri(), uri -> target.get());
            var layers = new VariableLayers(List.of(), inventory.layers(name), List.of(), extra);
            var setting = inPlay(
                    play,
                    new BindContext(
                            target.get(),
                            DEFAULT_PROJECT,
                            layers,
                            scope(layers, given(target.get())),
                            List.of(),
                            templates,
                            chain));
            var project = play.said("project")
                    .map(node -> project(expressions.evaluate(node, setting.variables())))
                    .orElse(Optional.of(DEFAULT_PROJECT));
            project.ifPresent(named ->
                    projects.computeIfAbsent(host, key -> new LinkedHashSet<>()).add(named));
            project.ifPresent(named -> {
                var book = new PlayScope(templated, mistakes, expressions);
                contents(
                        play,
                        new BindContext(
                                setting.host(),
                                named,
                                setting.layers(),
                                setting.variables(),
                                setting.tags(),
                                templates,
                                chain),
                        book);
                book.finish(resources);
            });
        }
    }

    private Set<String> selectHosts(YamlNode.Mapping play, Variables variables) {
        var node = play.said("hosts");
        if (node.isEmpty()) {
            return limited(Set.of(Inventory.LOCAL));
        }
        var patterns = words.list(expressions.evaluate(node.get(), variables), "a host or group");
        var selected = inventory.select(patterns, Optional.of(node.get().place()));
        if (selected.isEmpty() && !mistakes.hasErrors()) {
            mistakes.add(Diagnostic.warning(
                    Code.NOTHING_SELECTED,
                    node.get().place(),
                    "The play applies to no host.",
                    "Put hosts into the group, or correct the pattern."));
        }
        return limited(selected);
    }

    private Set<String> limited(Set<String> selected) {
        if (limit == null) {
            return selected;
        }
        Set<String> left = new LinkedHashSet<>(selected);
        left.retainAll(limit);
        return left;
    }

    private Optional<InventoryHost> target(String name) {
        return targets.computeIfAbsent(name, this::evaluateTarget);
    }

    private Optional<InventoryHost> evaluateTarget(String name) {
        if (name.equals(Inventory.LOCAL) && request.connect().isPresent()) {
            var uri = request.connect().get();
            return valid(uri)
                    ? Optional.of(new InventoryHost(name, uri))
                    : badUri(Diagnostic.error(
                            Code.BAD_OPTION,
                            mistakes.quote(uri) + " is not a URI of libvirt.",
                            "Write one like qemu:///system."));
        }
        var host = inventory.host(name);
        if (host.isEmpty()) {
            return Optional.empty();
        }
        var variables = scope(
                new VariableLayers(List.of(), inventory.layers(name), List.of(), extra),
                given(new InventoryHost(name, "")));
        var node = expressions.evaluate(host.get().uri(), variables);
        var uri = words.text(node, "a URI of libvirt");
        if (uri.isPresent() && !valid(uri.get())) {
            return badUri(Diagnostic.error(
                    Code.BAD_VALUE,
                    node.place(),
                    mistakes.quote(uri.get()) + " is not a URI of libvirt.",
                    "Write one like qemu:///system or qemu+ssh://root@" + name + "/system."));
        }
        return uri.map(text -> new InventoryHost(name, text));
    }

    private Optional<InventoryHost> badUri(Diagnostic why) {
        mistakes.add(why);
        return Optional.empty();
    }

    private static boolean valid(String uri) {
        try {
            return new URI(uri).getScheme() != null;
        } catch (URISyntaxException bad) {
            return false;
        }
    }

    private static Map<String, YamlNode> given(InventoryHost target) {
        var place = SourceLocation.startOf("<host " + target.name() + ">");
        Map<String, YamlNode.Entry> host = new LinkedHashMap<>();
        host.put("name", new YamlNode.Entry(place, YamlNode.Scalar.of(place, target.name())));
        if (!target.uri().isEmpty()) {
            host.put("uri", new YamlNode.Entry(place, YamlNode.Scalar.of(place, target.uri())));
        }
        return Map.of("host", new YamlNode.Mapping(place, host));
    }

    private VariableScope scope(VariableLayers layers, Map<String, YamlNode> given) {
        return new VariableScope(layers.all(), given, expressions, mistakes);
    }

    private VariableLayer layer(Path file, SourceLocation named) {
        return files.yaml(file, named)
                .map(node -> VariableLayer.of(node, mistakes))
                .orElse(VariableLayer.UNREADABLE);
    }

    private VariableLayer layer(YamlNode.Mapping mapping, String key) {
        return mapping.get(key).map(node -> VariableLayer.of(node, mistakes)).orElse(VariableLayer.EMPTY);
    }

    /** Return the setting with the variables and tags of a play. */
    private BindContext inPlay(YamlNode.Mapping play, BindContext outer) {
        var vars = layer(play, "vars");
        var given = given(outer.host());
        List<VariableLayer> own = new ArrayList<>();
        play.said("vars_files").ifPresent(node -> {
            var variables = scope(outer.layers().withPlay(List.of(vars)), given);
            for (var path : paths(node, variables)) {
                own.add(layer(path.file(), path.named()));
            }
        });
        own.add(vars);
        var layers = outer.layers().withPlay(own);
        var variables = scope(layers, given);
        variables.evaluateAll();
        return tagged(play, outer.within(layers, variables));
    }

    private BindContext tagged(YamlNode.Mapping play, BindContext setting) {
        return setting.withTags(play.said("tags")
                .map(node -> words.list(expressions.evaluate(node, setting.variables()), "a tag"))
                .orElse(List.of()));
    }

    private Optional<String> project(YamlNode node) {
        return words.text(node, "a name of a project").filter(text -> {
            var fits = PROJECT.matcher(text).matches();
            if (!fits) {
                mistakes.error(
                        Code.BAD_VALUE,
                        node.place(),
                        mistakes.quote(text) + " is not a name of a project.",
                        "Use letters, digits, '.', '-' and '_'.");
            }
            return fits;
        });
    }

    private void checkKeys(YamlNode.Mapping mapping, List<String> keys) {
        List<String> known = new ArrayList<>(keys);
        known.addAll(templated.keySet());
        known.addAll(kinds.keySet());
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                mistakes.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, known);
            }
        });
        mapping.said("name").ifPresent(node -> words.text(node, "a text"));
    }

    private void contents(YamlNode.Mapping mapping, BindContext setting, PlayScope book) {
        var condition = mapping.said("when");
        if (condition.isPresent()
                && !expressions.holds(condition.get(), setting.variables()).orElse(false)) {
            return;
        }
        mapping.entries().forEach((key, entry) -> {
            var kind = kinds.get(key);
            if (kind != null) {
                if (entry.value() instanceof YamlNode.Sequence list) {
                    foresight.coming(setting.host(), kind, list.items().size());
                }
                if (kind.templates().isPresent()) {
                    book.later(kind, entry.value(), setting);
                } else {
                    resources.bindAll(kind, entry.value(), setting, book);
                }
            } else if (templated.containsKey(key)) {
                book.templates(key).addAll(entry.value(), key, setting);
            } else if (key.equals(ExpectationBinder.KEY)) {
                expectations.bindAll(expressions.evaluate(entry.value(), setting.variables()), setting.host());
            } else if (key.equals("include") && mapping.said(key).isPresent()) {
                paths(entry.value(), setting.variables()).forEach(path -> include(path, setting, book));
            }
        });
    }

    /** A file, and where it is named. */
    private record Named(Path file, SourceLocation named) {}

    private List<Named> paths(YamlNode node, Variables variables) {
        List<Named> paths = new ArrayList<>();
        var value = expressions.evaluate(node, variables);
        var items = value instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(value);
        for (var item : items) {
            words.text(item, "the path of a file")
                    .flatMap(text -> files.resolve(text, item.place()))
                    .ifPresent(file -> paths.add(new Named(file, item.place())));
        }
        return paths;
    }

    private void include(Named path, BindContext setting, PlayScope book) {
        var real = SourceFiles.real(path.file());
        if (setting.files().contains(real)) {
            mistakes.error(
                    Code.INCLUDE_CYCLE,
                    path.named(),
                    "The file " + path.file() + " is included from within itself.",
                    "Remove one of the includes.");
            return;
        }
        if (++includes > MOST_INCLUDES || setting.files().size() > DEEPEST_INCLUDE) {
            mistakes.error(
                    Code.YAML_TOO_LARGE,
                    path.named(),
                    "There are more than " + MOST_INCLUDES + " includes, or they are nested more than "
                            + DEEPEST_INCLUDE + " deep.",
                    "Include less.");
            return;
        }
        var inner = setting.in(real);
        files.yaml(path.file(), path.named()).ifPresent(root -> {
            switch (root) {
                case YamlNode.Mapping fragment -> fragment(fragment, inner, book);
                case YamlNode.Sequence plays -> {
                    for (var item : plays.items()) {
                        if (item instanceof YamlNode.Mapping play) {
                            included(play, inner, book);
                        } else {
                            notAPlay(item);
                        }
                    }
                }
                case YamlNode.Scalar scalar -> notAPlay(scalar);
                case YamlNode.Failed failed -> {}
            }
        });
    }

    /** The variables of a fragment are defaults: whoever includes it may set them. */
    private void fragment(YamlNode.Mapping fragment, BindContext setting, PlayScope book) {
        checkKeys(fragment, FRAGMENT_KEYS);
        var layers = setting.layers().withDefaults(layer(fragment, "vars"));
        var variables = scope(layers, given(setting.host()));
        variables.evaluateAll();
        contents(fragment, tagged(fragment, setting.within(layers, variables)), book);
    }

    private void included(YamlNode.Mapping play, BindContext setting, PlayScope book) {
        checkKeys(play, PLAY_KEYS);
        var inner = inPlay(play, setting);
        for (var key : List.of("hosts", "project")) {
            play.said(key)
                    .filter(node -> !expected(key, expressions.evaluate(node, inner.variables()), setting))
                    .ifPresent(node -> mistakes.add(Diagnostic.warning(
                            Code.CONFLICTING_KEYS,
                            node.place(),
                            "'" + key + "' has no effect here: what is included belongs to the play that includes it.",
                            "Remove it, or run this file by itself.")));
        }
        contents(play, inner, book);
    }

    private boolean expected(String key, YamlNode value, BindContext setting) {
        return switch (key) {
            case "hosts" ->
                inventory
                        .select(words.list(value, "a host or group"), Optional.of(value.place()))
                        .contains(setting.host().name());
            default -> project(value).filter(setting.project()::equals).isPresent();
        };
    }
}
