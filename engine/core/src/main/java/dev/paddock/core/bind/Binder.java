package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.kind.Kind;
import dev.paddock.core.expression.Watchdog;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.FileDigester;
import dev.paddock.core.template.TemplateSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Binds playbooks: returns the document of each resource on each host, and all errors in the playbooks. */
public final class Binder {
    private static final Duration EVALUATION_TIMEOUT = Duration.ofSeconds(5);

    private final List<Kind> kinds;
    private final TemplateSource templates;
    private final FileDigester digester;
    private final NameResolver names;
    private final Duration timeout;

    public Binder(List<Kind> kinds) {
        this(kinds, TemplateSource.shipped());
    }

    public Binder(List<Kind> kinds, TemplateSource templates) {
        this(kinds, templates, FileDigester.READING, NameResolver.STAND_IN, EVALUATION_TIMEOUT);
    }

    public Binder(List<Kind> kinds, FileDigester digester, NameResolver names) {
        this(kinds, TemplateSource.shipped(), digester, names, EVALUATION_TIMEOUT);
    }

    Binder(List<Kind> kinds, TemplateSource templates, FileDigester digester, NameResolver names, Duration timeout) {
        this.kinds = List.copyOf(kinds);
        this.templates = templates;
        this.digester = digester;
        this.names = names;
        this.timeout = timeout;
    }

    /** Bind a playbook that is not in a file. */
    public BindResult bindText(String yaml) {
        return bindText(yaml, List.of());
    }

    /** Return the hosts of an inventory, with its errors. */
    public BindResult hosts(List<String> inventory) {
        return bindText("- hosts: all", inventory);
    }

    private BindResult bindText(String yaml, List<String> inventory) {
        var playbook = Path.of("<text>");
        var request = new BindRequest(
                List.of(playbook),
                inventory,
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                BindRequest.Consent.NONE);
        return bind(request, BindListener.NONE, run -> run.put(playbook, yaml));
    }

    /** Bind the playbooks of a request. Errors of the user are diagnostics, never exceptions. */
    public BindResult bind(BindRequest request) {
        return bind(request, BindListener.NONE);
    }

    /** Bind the playbooks of a request, and call the listener with what will be needed of which host. */
    public BindResult bind(BindRequest request, BindListener listener) {
        return bind(request, listener, run -> {});
    }

    private BindResult bind(BindRequest request, BindListener listener, Consumer<PlaybookBinder> prepare) {
        var diagnostics = new DiagnosticSink();
        var watchdog = new Watchdog(timeout);
        var run = new PlaybookBinder(kinds, templates, digester, names, request, listener, diagnostics, watchdog);
        prepare.accept(run);
        return switch (watchdog.run(run::run)) {
            case DONE -> run.result();
            case ABANDONED -> {
                diagnostics.add(Diagnostic.error(
                        Code.BAD_EXPRESSION,
                        run.currentLocation(),
                        "The expression did not end within " + timeout.toSeconds() + " seconds.",
                        "Use smaller ranges and lists in it."));
                yield run.failure();
            }
            case INTERRUPTED -> {
                diagnostics.add(Diagnostic.error(
                        Code.INTERRUPTED, "Reading the playbooks was interrupted.", "Run the command again."));
                yield run.failure();
            }
        };
    }
}
