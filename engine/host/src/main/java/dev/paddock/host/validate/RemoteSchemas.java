package dev.paddock.host.validate;

import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a machine on which programs can be run. Cached schemas suffice to accept a document, which libvirt
 * validates again when it is defined; before one is refused, they are fetched again. Thread-safe.
 */
final class RemoteSchemas implements HostSchemas {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LibvirtMachine machine;
    private final String name;
    private final Version version;
    private final SchemaCache cache;
    private @Nullable HostSchemas kept;
    private boolean isFresh;

    private RemoteSchemas(LibvirtMachine machine, String name, Version version, SchemaCache cache) {
        this.machine = machine;
        this.name = name;
        this.version = version;
        this.cache = cache;
    }

    static RemoteSchemas of(LibvirtMachine.BySsh far, Version version, SchemaCache cache) {
        return of(far, String.join(" ", far.options()) + " " + far.destination(), version, cache);
    }

    /** @param name the key of the machine in the cache */
    static RemoteSchemas of(LibvirtMachine machine, String name, Version version, SchemaCache cache) {
        return new RemoteSchemas(machine, name, version, cache);
    }

    @Override
    public synchronized SchemaVerdict check(String schemaFile, String xml) {
        if (kept == null) {
            kept = cache.find(name, version).<HostSchemas>map(There::new).orElseGet(this::fetched);
        }
        var verdict = kept.check(schemaFile, xml);
        if (isFresh || (verdict instanceof SchemaVerdict.Checked(List<String> problems) && problems.isEmpty())) {
            return verdict;
        }
        kept = fetched();
        return kept.check(schemaFile, xml);
    }

    private HostSchemas fetched() {
        isFresh = true;
        var written = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        Optional<List<String>> command;
        try {
            command = machine.command(List.of("sh", "-c", FetchedSchemas.SCRIPT));
        } catch (LabException ended) {
            return missing(ended.diagnostic().detail());
        }
        if (command.isEmpty()) {
            return missing("no program can be run there.");
        }
        var outcome = new Program(command.get(), Map.of(), PATIENCE).runShowing(written, errors);
        if (!(outcome instanceof ProcessResult.Ended ended && ended.succeeded())) {
            return missing(
                    errors.size() == 0
                            ? outcome.explanation()
                            : errors.toString(StandardCharsets.UTF_8).strip());
        }
        var schemas = FetchedSchemas.read(written.toByteArray());
        if (schemas.isEmpty()) {
            return missing("what came of them is not whole.");
        }
        if (!schemas.get().version().equals(version)) {
            return missing(
                    "those there are of libvirt " + schemas.get().version() + ", and libvirt " + version + " answers.");
        }
        return kept(schemas.get());
    }

    private HostSchemas kept(FetchedSchemas schemas) {
        try {
            return new There(cache.keep(name, version, schemas));
        } catch (IOException full) {
            return missing("they cannot be kept in " + cache.folder() + ": " + full.getMessage() + ".");
        }
    }

    /** Fall back to this machine's schemas for the same version: they hardly differ between packages. */
    private HostSchemas missing(String why) {
        var own = LocalSchemas.own(version);
        return own.isPresent()
                ? new There(own.get())
                : new Missing("libvirt's schemas cannot be fetched from the host: " + why);
    }
}
