package dev.paddock.core.bind;

import dev.paddock.api.host.NameResolver;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.source.FileDigester;
import dev.paddock.core.vault.VaultPassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder of files to bind, and what came of it in words. */
public final class Playground {
    private final Path folder;
    private final Map<String, String> extraVars = new LinkedHashMap<>();
    private final List<Path> extraVarsFiles = new ArrayList<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> skipTags = new LinkedHashSet<>();
    private List<String> inventory = List.of();
    private final List<VaultPassword> vaultPasswords = new ArrayList<>();
    private Optional<String> limit = Optional.empty();
    private Optional<String> connect = Optional.empty();
    private BindRequest.Consent consent = BindRequest.Consent.NONE;
    private Duration longest = Duration.ofSeconds(20);

    public Playground(Path folder) {
        this.folder = folder;
    }

    public Playground file(String name, String text) {
        try {
            var path = folder.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Playground inventory(String text) {
        inventory = List.of(folder.resolve("hosts.yaml").toString());
        return file("hosts.yaml", text);
    }

    /** Use these files, folders and lists of hosts. */
    public Playground sources(String... names) {
        inventory = List.of(names).stream()
                .map(name -> name.contains(",") ? name : folder.resolve(name).toString())
                .toList();
        return this;
    }

    public Playground vaultPassword(String label, String password) {
        vaultPasswords.add(new VaultPassword(label, password));
        return this;
    }

    public Playground extra(String name, String value) {
        extraVars.put(name, value);
        return this;
    }

    public Playground extraFile(String name, String text) {
        extraVarsFiles.add(folder.resolve(name));
        return file(name, text);
    }

    Playground tags(String... names) {
        tags.addAll(List.of(names));
        return this;
    }

    Playground skipTags(String... names) {
        skipTags.addAll(List.of(names));
        return this;
    }

    Playground limit(String pattern) {
        limit = Optional.of(pattern);
        return this;
    }

    Playground connect(String uri) {
        connect = Optional.of(uri);
        return this;
    }

    Playground consent(BindRequest.Consent given) {
        consent = given;
        return this;
    }

    Playground longest(Duration time) {
        longest = time;
        return this;
    }

    /** Bind files that are there. */
    BindResult bindFiles(String... names) {
        var playbooks = List.of(names).stream().map(folder::resolve).toList();
        return new Binder(TestKind.ALL, TestKind.TEMPLATES, FileDigester.READING, NameResolver.STAND_IN, longest)
                .bind(new BindRequest(
                        playbooks,
                        inventory,
                        vaultPasswords,
                        extraVars,
                        extraVarsFiles,
                        limit,
                        tags,
                        skipTags,
                        connect,
                        consent));
    }

    /** Bind a playbook. */
    public BindResult bind(String playbook) {
        return file("play.yaml", playbook).bindFiles("play.yaml");
    }

    /** Return the diagnostics of a playbook as {@code CODE file:line:column detail | fix}. */
    public List<String> mistakes(String playbook) {
        return told(bind(playbook));
    }

    public List<String> told(BindResult bound) {
        return bound.diagnostics().stream()
                .map(told -> told.code() + " "
                        + told.place().map(place -> place + " ").orElse("") + told.detail() + " | "
                        + told.fix().orElse(""))
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    /** Return the only document, on one line. */
    public String document(String playbook) {
        var documents = documents(bind(playbook));
        if (documents.size() != 1) {
            throw new AssertionError("Not one document: " + documents);
        }
        return documents.getFirst();
    }

    /** Return the documents, each on one line. */
    List<String> documents(BindResult bound) {
        if (!bound.diagnostics().isEmpty()) {
            throw new AssertionError(String.join("\n", told(bound)));
        }
        return bound.resources().stream()
                .map(resource -> XmlWriter.write(resource.document()).replaceAll("\\n\\s*", ""))
                .toList();
    }

    /** Return the names of the resources as {@code kind/name@host}. */
    public List<String> resources(BindResult bound) {
        if (bound.hasErrors()) {
            throw new AssertionError(String.join("\n", told(bound)));
        }
        return bound.resources().stream()
                .map(resource -> resource.id() + "@" + resource.host().name())
                .toList();
    }
}
