package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.core.ansible.InventorySources;
import dev.paddock.core.check.OtherLanguage;
import dev.paddock.core.check.UnusedVariables;
import dev.paddock.core.expression.Expressions;
import dev.paddock.core.expression.Watchdog;
import dev.paddock.core.inventory.VariableLayer;
import dev.paddock.core.inventory.VariableLayers;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.rollout.RolloutBuilder;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.FileDigester;
import dev.paddock.core.source.LocalFiles;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.template.DocumentRenderer;
import dev.paddock.core.template.TemplateSource;
import dev.paddock.core.template.Templates;
import dev.paddock.core.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One run of the binder: walks over plays, hosts and includes, and registers what they declare. */
final class PlaybookBinder {
    private static final SourceLocation COMMAND_LINE = SourceLocation.startOf("<command line>");
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String DEFAULT_PROJECT = DeclaredResource.DEFAULT_PROJECT;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    /** The kinds that have templates, by the key of these in a play. */
    private final Map<String, List<Kind>> templateKinds;

    private final TemplateSource templateSource;
    private final BindRequest request;
    private final BindListener listener;
    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private final Expressions expressions;
    private final SourceFiles files;
    private final TagSelection tags;
    private final ResolvedNames names;
    private final DeclarationRegistry registry;
    private final ResourceBinder resources;
    private final ExpectationBinder expectations;
    private final IncludeResolver includes;
    private final OtherLanguage otherLanguage;
    private final RolloutBuilder rollout;
    /** The variables of the command line. */
    private final List<VariableLayer> extraVariables = new ArrayList<>();

    PlaybookBinder(
            List<Kind> kinds,
            TemplateSource templateSource,
            FileDigester digester,
            NameResolver resolver,
            BindRequest request,
            BindListener listener,
            DiagnosticSink diagnostics,
            Watchdog watchdog) {
        kinds.forEach(kind -> this.kinds.put(kind.key(), kind));
        this.templateKinds = ResourceTemplates.templateKinds(kinds);
        this.templateSource = templateSource;
        this.request = request;
        this.listener = listener;
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
        this.expressions = new Expressions(diagnostics, watchdog, new Vault(request.vaultPasswords(), diagnostics));
        this.files = new SourceFiles(diagnostics, request.trusted());
        this.tags = new TagSelection(request.tags(), request.skipTags());
        this.names = new ResolvedNames(resolver, diagnostics);
        this.registry = new DeclarationRegistry(diagnostics);
        var documents = new DocumentRenderer(diagnostics, expressions, files);
        this.resources = new ResourceBinder(
                new ResourceSelector(tags, expressions, diagnostics),
                new DerivedResources(kinds, documents, names, registry, diagnostics),
                documents,
                new LocalFiles(diagnostics, files, digester),
                files,
                expressions,
                registry,
                diagnostics);
        this.expectations = new ExpectationBinder(diagnostics, files, registry);
        this.otherLanguage = new OtherLanguage(diagnostics);
        this.rollout = new RolloutBuilder(diagnostics);
        this.includes = new IncludeResolver(files, expressions, diagnostics);
    }

    /** Use a text as the content of a playbook. */
    void put(Path playbook, String text) {
        files.put(playbook, text);
    }

    /** Return what a complete run has bound. */
    BindResult result() {
        var incomplete = resources.incomplete(kinds.values());
        registry.applyContributions();
        registry.checkDocuments();
        return new BindResult(
                registry.hosts(),
                rollout.build(registry.hosts()),
                registry.projects(),
                registry.resources(),
                incomplete,
                registry.expectations(),
                names.addresses(),
                diagnostics.secrets(),
                diagnostics.secretValues(),
                diagnostics.list());
    }

    /** Return only the diagnostics of an incomplete run, whose thread may still be working. */
    BindResult failure() {
        return BindResult.incomplete(diagnostics.secrets(), diagnostics.secretValues(), diagnostics.list());
    }

    /** Return the location of the expression that is being evaluated. */
    SourceLocation currentLocation() {
        return expressions.current().orElse(COMMAND_LINE);
    }

    void run() {
        var inventory = InventorySources.read(request.inventory(), files, diagnostics, expressions.vault());
        for (var file : request.extraVarsFiles()) {
            extraVariables.add(includes.variables(
                    new IncludeResolver.FileReference(file, SourceLocation.startOf(file.toString()))));
        }
        extraVariables.add(commandLineVariables());
        var hosts = new HostSelector(inventory, request, extraVariables, expressions, diagnostics);
        var templates = new HashMap<Path, Templates>();
        for (var playbook : request.playbooks()) {
            var ownTemplates = templates.computeIfAbsent(
                    BindRequest.folder(playbook).resolve("templates"),
                    path -> new Templates(templateSource, expressions::engine, Optional.of(path), files));
            var other = OtherLanguage.file(playbook);
            if (other.isPresent()) {
                diagnostics.add(other.get());
                continue;
            }
            files.yaml(playbook, SourceLocation.startOf(playbook.toString()))
                    .ifPresent(root -> bindPlaybook(root, playbook, ownTemplates, hosts));
        }
        checkSelection(hosts);
    }

    private VariableLayer commandLineVariables() {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        request.extraVars().forEach((name, text) -> {
            var value =
                    new YamlNode.Scalar(COMMAND_LINE, text, !text.isEmpty(), false, ScalarLayout.none(COMMAND_LINE));
            entries.put(name, new YamlNode.Entry(COMMAND_LINE, value));
        });
        return VariableLayer.of(new YamlNode.Mapping(COMMAND_LINE, entries), diagnostics);
    }

    /** Report a limit, tags or playbooks that select nothing. */
    private void checkSelection(HostSelector hosts) {
        if (diagnostics.hasErrors()) {
            return;
        }
        if (registry.hosts().isEmpty() && hosts.hasLimit()) {
            diagnostics.add(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "No play applies to a host that --limit leaves.",
                    "The hosts are: " + String.join(", ", hosts.all()) + "."));
            return;
        }
        for (var tag : tags.unknown()) {
            var nearest = Suggestion.nearest(tag, tags.seen());
            diagnostics.add(Diagnostic.warning(
                    Code.NOTHING_SELECTED,
                    "No resource has the tag " + diagnostics.quote(tag)
                            + nearest.map(near -> "; did you mean '" + near + "'?")
                                    .orElse("."),
                    DiagnosticSink.allOf(tags.seen())));
        }
        UnusedVariables.check(request.extraVars().keySet(), files, diagnostics);
        if (registry.resources().isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    Code.NOTHING_SELECTED,
                    "The playbooks declare no resource, or all are left out by tags and conditions.",
                    "Check the playbooks, --tags and --skip-tags."));
        }
    }

    private void bindPlaybook(YamlNode root, Path file, Templates templates, HostSelector hosts) {
        var fileChain = List.of(SourceFiles.real(file));
        switch (root) {
            case YamlNode.Mapping play -> bindPlay(play, templates, fileChain, hosts);
            case YamlNode.Sequence plays -> {
                for (var item : plays.items()) {
                    if (item instanceof YamlNode.Mapping play) {
                        bindPlay(play, templates, fileChain, hosts);
                    } else {
                        reportNotAPlay(item);
                    }
                }
            }
            case YamlNode.Scalar scalar -> reportNotAPlay(scalar);
            case YamlNode.Failed failed -> {}
        }
    }

    private void reportNotAPlay(YamlNode node) {
        diagnostics.error(
                Code.WRONG_SHAPE,
                node.place(),
                "A play is a mapping, but here is " + node.shape() + ".",
                "Write a list of plays, each a mapping with " + String.join(", ", CommonKeys.PLAY) + " and "
                        + String.join(", ", kinds.keySet()) + ".");
    }

    private void bindPlay(YamlNode.Mapping play, Templates templates, List<Path> fileChain, HostSelector hosts) {
        if (otherLanguage.isAnsible(play)) {
            return;
        }
        checkKeys(play, CommonKeys.PLAY);
        var global =
                scope(new VariableLayers(List.of(), List.of(), List.of(layer(play, "vars")), extraVariables), Map.of());
        var folder = Optional.of(BindRequest.folder(fileChain.getFirst()));
        List<InventoryHost> applied = new ArrayList<>();
        for (var name : hosts.select(play, global)) {
            var host = hosts.host(name, folder);
            if (host.isEmpty()) {
                continue;
            }
            registry.addHost(host.get());
            applied.add(host.get());
            var layers = hosts.layers(name, folder);
            var variables = scope(layers, HostSelector.builtIns(host.get()));
            var context = inPlay(
                    play,
                    new BindContext(host.get(), DEFAULT_PROJECT, layers, variables, List.of(), templates, fileChain));
            play.nonNull("project")
                    .map(node -> project(expressions.evaluate(node, context.variables())))
                    .orElse(Optional.of(DEFAULT_PROJECT))
                    .ifPresent(project -> bindPlayOnHost(play, context.withProject(project), hosts));
        }
        rollout.add(play, node -> expressions.evaluate(node, global), applied);
    }

    private void bindPlayOnHost(YamlNode.Mapping play, BindContext context, HostSelector hosts) {
        if (play.nonNull("project").isPresent()) {
            registry.addProject(context.host(), context.project());
        }
        var scope = new PlayScope(templateKinds, diagnostics, expressions, files);
        bindContents(play, context, scope, hosts);
        scope.deferred().forEach(list -> resources.bindAll(list.kind(), list.items(), list.context(), scope));
        scope.checkUnusedTemplates();
    }

    private VariableScope scope(VariableLayers layers, Map<String, YamlNode> builtIns) {
        return new VariableScope(layers.all(), builtIns, expressions, diagnostics);
    }

    private VariableLayer layer(YamlNode.Mapping mapping, String key) {
        return mapping.get(key).map(node -> VariableLayer.of(node, diagnostics)).orElse(VariableLayer.EMPTY);
    }

    /** Return the context with the variables and tags of a play. */
    private BindContext inPlay(YamlNode.Mapping play, BindContext outer) {
        var vars = layer(play, "vars");
        var builtIns = HostSelector.builtIns(outer.host());
        List<VariableLayer> own = new ArrayList<>();
        play.nonNull("vars_files").ifPresent(node -> {
            var variables = scope(outer.layers().withPlay(List.of(vars)), builtIns);
            includes.files(node, variables).forEach(file -> own.add(includes.variables(file)));
        });
        own.add(vars);
        var layers = outer.layers().withPlay(own);
        var variables = scope(layers, builtIns);
        variables.evaluateAll();
        return tagged(play, outer.within(layers, variables));
    }

    private BindContext tagged(YamlNode.Mapping play, BindContext context) {
        return context.withTags(play.nonNull("tags")
                .map(node -> scalars.list(expressions.evaluate(node, context.variables()), "a tag"))
                .orElse(List.of()));
    }

    private Optional<String> project(YamlNode node) {
        return scalars.text(node, "a name of a project").filter(text -> {
            var valid = PROJECT.matcher(text).matches();
            if (!valid) {
                diagnostics.error(
                        Code.BAD_VALUE,
                        node.place(),
                        diagnostics.quote(text) + " is not a name of a project.",
                        "Use letters, digits, '.', '-' and '_'.");
            }
            return valid;
        });
    }

    private void checkKeys(YamlNode.Mapping mapping, List<String> keys) {
        List<String> known = new ArrayList<>(keys);
        known.addAll(templateKinds.keySet());
        known.addAll(kinds.keySet());
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                diagnostics.unknown(Code.UNKNOWN_KEY, entry.keyPlace(), "Unknown key", key, known);
            }
        });
        mapping.nonNull("name").ifPresent(node -> scalars.text(node, "a text"));
    }

    private void bindContents(YamlNode.Mapping mapping, BindContext context, PlayScope play, HostSelector hosts) {
        var condition = mapping.nonNull("when");
        if (condition.isPresent()
                && !expressions.holds(condition.get(), context.variables()).orElse(false)) {
            return;
        }
        mapping.entries().forEach((key, entry) -> {
            var kind = kinds.get(key);
            if (kind != null) {
                if (entry.value() instanceof YamlNode.Sequence list) {
                    listener.upcoming(context.host(), kind, list.items().size());
                }
                if (ShorthandKind.of(kind).templates().isPresent()) {
                    play.defer(kind, entry.value(), context);
                } else {
                    resources.bindAll(kind, entry.value(), context, play);
                }
            } else if (templateKinds.containsKey(key)) {
                play.templates(key).addAll(entry.value(), key, context);
            } else if (key.equals(ExpectationBinder.KEY)) {
                expectations.bindAll(expressions.evaluate(entry.value(), context.variables()), context.host());
            } else if (key.equals("include") && mapping.nonNull(key).isPresent()) {
                includes.files(entry.value(), context.variables()).forEach(file -> includes.include(file, context)
                        .ifPresent(included -> bindIncluded(included, play, hosts)));
            }
        });
    }

    private void bindIncluded(IncludeResolver.IncludedFile file, PlayScope scope, HostSelector hosts) {
        switch (file.root()) {
            case YamlNode.Mapping fragment -> bindFragment(fragment, file.context(), scope, hosts);
            case YamlNode.Sequence plays -> {
                for (var item : plays.items()) {
                    if (item instanceof YamlNode.Mapping play) {
                        bindIncludedPlay(play, file.context(), scope, hosts);
                    } else {
                        reportNotAPlay(item);
                    }
                }
            }
            case YamlNode.Scalar scalar -> reportNotAPlay(scalar);
            case YamlNode.Failed failed -> {}
        }
    }

    /** The variables of a fragment are defaults that the including play may override. */
    private void bindFragment(YamlNode.Mapping fragment, BindContext context, PlayScope scope, HostSelector hosts) {
        checkKeys(fragment, CommonKeys.FRAGMENT);
        var layers = context.layers().withDefaults(layer(fragment, "vars"));
        var variables = scope(layers, HostSelector.builtIns(context.host()));
        variables.evaluateAll();
        bindContents(fragment, tagged(fragment, context.within(layers, variables)), scope, hosts);
    }

    private void bindIncludedPlay(YamlNode.Mapping play, BindContext context, PlayScope scope, HostSelector hosts) {
        checkKeys(play, CommonKeys.PLAY);
        var inner = inPlay(play, context);
        for (var key : List.of("hosts", "project")) {
            play.nonNull(key)
                    .filter(node -> !agrees(key, expressions.evaluate(node, inner.variables()), context, hosts))
                    .ifPresent(node -> diagnostics.add(Diagnostic.warning(
                            Code.CONFLICTING_KEYS,
                            node.place(),
                            "'" + key + "' has no effect here: what is included belongs to the play that includes it.",
                            "Remove it, or run this file by itself.")));
        }
        bindContents(play, inner, scope, hosts);
    }

    /** Return whether {@code hosts} or {@code project} of an included play agrees with the including play. */
    private boolean agrees(String key, YamlNode value, BindContext context, HostSelector hosts) {
        return switch (key) {
            case "hosts" -> hosts.selects(value, context.host());
            default -> project(value).filter(context.project()::equals).isPresent();
        };
    }
}
