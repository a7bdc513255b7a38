package dev.paddock.core.vault;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The parts of an encrypted text: a header of one line, and hexadecimal digits that hold the three others, each of which
 * is hexadecimal digits again.
 */
final class VaultEnvelope {
    static final String MARK = "$ANSIBLE_VAULT;";
    private static final HexFormat HEX = HexFormat.of();

    private final String label;
    private final byte[] salt;
    private final byte[] seal;
    private final byte[] content;

    private VaultEnvelope(String label, byte[] salt, byte[] seal, byte[] content) {
        this.label = label;
        this.salt = salt;
        this.seal = seal;
        this.content = content;
    }

    /** Thrown for a text that no password opens. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String why) {
            super(why, null, false, false);
        }
    }

    static VaultEnvelope parse(String text) throws DamagedException {
        var lines = text.strip().lines().map(String::strip).toList();
        var header = lines.getFirst().split(";", -1);
        var version = header.length > 1 ? header[1].strip() : "";
        if (!version.equals("1.1") && !version.equals("1.2")) {
            throw new DamagedException("its header names the version '" + version + "', and 1.1 and 1.2 are known");
        }
        if (header.length < 3 || !header[2].strip().equals("AES256")) {
            throw new DamagedException("its header does not name the cipher AES256");
        }
        var body = new StringBuilder();
        lines.subList(1, lines.size()).forEach(body::append);
        var parts = new String(bytes(body.toString()), StandardCharsets.ISO_8859_1).split("\n", -1);
        if (parts.length != 3) {
            throw new DamagedException("it is cut off, or lines of it are missing");
        }
        return new VaultEnvelope(
                header.length > 3 ? header[3].strip() : VaultPassword.DEFAULT,
                bytes(parts[0]),
                bytes(parts[1]),
                bytes(parts[2]));
    }

    /** Return the vault id of the header. */
    String label() {
        return label;
    }

    byte[] salt() {
        return salt.clone();
    }

    /** Return the code that authenticates the content. */
    byte[] seal() {
        return seal.clone();
    }

    byte[] content() {
        return content.clone();
    }

    private static byte[] bytes(String digits) throws DamagedException {
        return parsed(digits)
                .orElseThrow(() -> new DamagedException("it holds something other than hexadecimal digits"));
    }

    private static Optional<byte[]> parsed(String digits) {
        try {
            return Optional.of(HEX.parseHex(digits));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
