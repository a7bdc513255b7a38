package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.load.YamlReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.vault.Vault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the files of an inventory as text and as YAML, decrypting those that are encrypted as a whole. */
final class AnsibleFiles {
    private final SourceFiles texts;
    private final DiagnosticSink diagnostics;
    private final Vault vault;

    /**
     * The text of a file.
     *
     * @param secret whether it was encrypted
     */
    record Content(Path file, String text, boolean secret) {
        SourceLocation start() {
            return SourceLocation.startOf(file.toString());
        }

        /** Return whether there is nothing but comments. */
        boolean isEmpty() {
            return text.lines()
                    .map(String::strip)
                    .allMatch(
                            line -> line.isEmpty() || line.startsWith("#") || line.equals("---") || line.equals("..."));
        }
    }

    AnsibleFiles(SourceFiles texts, DiagnosticSink diagnostics, Vault vault) {
        this.texts = texts;
        this.diagnostics = diagnostics;
        this.vault = vault;
    }

    /** Return the text of a file; empty, with an error reported, if it cannot be read or decrypted. */
    Optional<Content> read(Path file) {
        return texts.replacement(file)
                .flatMap(text -> Vault.isSealed(text)
                        ? vault.open(text, SourceLocation.startOf(file.toString()))
                                .map(open -> new Content(file, open, true))
                        : Optional.of(new Content(file, text, false)));
    }

    /** Return the YAML of a text; empty, with an error reported, if it is not valid. */
    Optional<YamlNode> yaml(Content content) {
        return yaml(content, sink(content));
    }

    Optional<YamlNode> yaml(Content content, Consumer<Diagnostic> sink) {
        if (content.isEmpty()) {
            return Optional.of(new YamlNode.Mapping(content.start(), Map.of()));
        }
        return YamlReader.parse(content.text(), content.file().toString(), new Yaml11(content.secret()), sink);
    }

    /** Return what receives the errors of a text: those of a decrypted one are stripped of what they quote. */
    Consumer<Diagnostic> sink(Content content) {
        return content.secret() ? error -> diagnostics.add(withoutText(error)) : diagnostics::add;
    }

    private static Diagnostic withoutText(Diagnostic error) {
        return new Diagnostic(
                error.code(),
                error.severity(),
                error.place(),
                "The decrypted text is wrong here. What is wrong is not shown, as the file is encrypted.",
                Optional.of("Open it with ansible-vault edit, and correct this line."));
    }

    void error(Code code, SourceLocation place, String detail, String fix) {
        diagnostics.error(code, place, detail, fix);
    }
}
