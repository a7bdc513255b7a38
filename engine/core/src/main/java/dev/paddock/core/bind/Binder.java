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

/** Binds playbooks: what they say of each resource on each host, as documents, and all the mistakes in them. */
public final class Binder {
    private static final Duration LONGEST_EVALUATION = Duration.ofSeconds(5);

    private final List<Kind> kinds;
    private final TemplateSource templates;
    private final FileDigester digests;
    private final NameResolver names;
    private final Duration longest;

    public Binder(List<Kind> kinds) {
        this(kinds, TemplateSource.shipped());
    }

    public Binder(List<Kind> kinds, TemplateSource templates) {
        this(kinds, templates, FileDigester.READING, NameResolver.STAND_IN, LONGEST_EVALUATION);
    }

    public Binder(List<Kind> kinds, FileDigester digests, NameResolver names) {
        this(kinds, TemplateSource.shipped(), digests, names, LONGEST_EVALUATION);
    }

    Binder(List<Kind> kinds, TemplateSource templates, FileDigester digests, NameResolver names, Duration longest) {
        this.kinds = List.copyOf(kinds);
        this.templates = templates;
        this.digests = digests;
        this.names = names;
        this.longest = longest;
    }

    /** Bind a playbook that is in no file. */
    public BindResult bindText(String yaml) {
        var playbook = Path.of("<text>");
        var request = new BindRequest(
                List.of(playbook),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty());
        return bind(request, BindListener.NONE, session -> session.put(playbook, yaml));
    }

    /** Bind what is asked for. Mistakes of the user are diagnostics, never exceptions. */
    public BindResult bind(BindRequest request) {
        return bind(request, BindListener.NONE);
    }

    /** Bind what is asked for, and tell beforehand what of which host will be needed. */
    public BindResult bind(BindRequest request, BindListener foresight) {
        return bind(request, foresight, session -> {});
    }

    private BindResult bind(BindRequest request, BindListener foresight, Consumer<PlaybookBinder> prepare) {
        var mistakes = new DiagnosticSink();
        var watchdog = new Watchdog(longest);
        var session = new PlaybookBinder(kinds, templates, digests, names, request, foresight, mistakes, watchdog);
        prepare.accept(session);
        return switch (watchdog.run(session::run)) {
            case DONE -> session.bound();
            case ABANDONED -> {
                mistakes.add(Diagnostic.error(
                        Code.BAD_EXPRESSION,
                        session.where(),
                        "The expression did not end within " + longest.toSeconds() + " seconds.",
                        "Use smaller ranges and lists in it."));
                yield session.failed();
            }
            case INTERRUPTED -> {
                mistakes.add(Diagnostic.error(
                        Code.INTERRUPTED, "Reading the playbooks was interrupted.", "Run the command again."));
                yield session.failed();
            }
        };
    }
}
