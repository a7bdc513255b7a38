package dev.paddock.core.vault;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens encrypted texts with the passwords of a run. Each text is opened once, as that takes a while by design. */
public final class Vault {
    private final List<VaultPassword> passwords;
    private final DiagnosticSink diagnostics;
    private final Map<String, Optional<String>> opened = new HashMap<>();

    public Vault(List<VaultPassword> passwords, DiagnosticSink diagnostics) {
        this.passwords = List.copyOf(passwords);
        this.diagnostics = diagnostics;
    }

    public static boolean isSealed(String text) {
        return text.startsWith(VaultEnvelope.MARK);
    }

    /** Return the decrypted text; empty, with an error reported, if no password opens it. */
    public Optional<String> open(String text, SourceLocation place) {
        var known = opened.get(text);
        if (known != null && known.isPresent()) {
            return known;
        }
        var result = decrypt(text, place);
        opened.put(text, result);
        return result;
    }

    private Optional<String> decrypt(String text, SourceLocation place) {
        try {
            if (!isSealed(text.strip())) {
                throw new VaultEnvelope.DamagedException(
                        "its first line is not the header " + VaultEnvelope.MARK + "1.1;AES256");
            }
            var envelope = VaultEnvelope.parse(text);
            for (var password : candidates(envelope.label())) {
                var result = VaultCipher.open(envelope, password.password());
                if (result.isPresent()) {
                    return result;
                }
            }
            diagnostics.error(
                    Code.VAULT_LOCKED,
                    place,
                    "The vault of the id '" + envelope.label() + "' cannot be opened: "
                            + (passwords.isEmpty()
                                    ? "no password is given."
                                    : "none of the passwords given fits (" + labels() + ")."),
                    "Pass the file with its password: --vault-id " + envelope.label() + "@FILE.");
        } catch (VaultEnvelope.DamagedException damaged) {
            diagnostics.error(
                    Code.VAULT_DAMAGED,
                    place,
                    "The encrypted text cannot be read: " + damaged.getMessage() + ".",
                    "Encrypt the value again with ansible-vault, and copy all of its lines.");
        }
        return Optional.empty();
    }

    /** Return all passwords, those of the label first. */
    private List<VaultPassword> candidates(String label) {
        var sorted = new ArrayList<>(passwords);
        sorted.sort(Comparator.comparing(password -> !password.label().equals(label)));
        return sorted;
    }

    private String labels() {
        return String.join(
                ", ", passwords.stream().map(VaultPassword::label).distinct().toList());
    }
}
