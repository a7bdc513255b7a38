package dev.paddock.vm.playbook;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Public keys as in OpenSSH's file {@code authorized_keys}: one in each line, with options before it. */
final class SshKeys {
    private static final Pattern KEY =
            Pattern.compile("(.*[\\s,])?(ssh|ecdsa|sk-ssh|sk-ecdsa|webauthn-sk-ecdsa)-[a-z0-9-]+"
                    + "(@openssh\\.com)?[ \\t]+[A-Za-z0-9+/]{16,}={0,3}([ \\t].*)?");

    static final ScalarType TYPE = new ScalarType(
            "a public key of ssh",
            Map.of("type", "string", "examples", List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA... me@example.com")),
            SshKeys::read);

    private SshKeys() {}

    /** Return the keys in a text, without comments. */
    static List<String> of(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static Reading read(String text) {
        var keys = of(text);
        if (!keys.isEmpty() && keys.stream().allMatch(key -> KEY.matcher(key).matches())) {
            return new Reading.Good(text);
        }
        if (text.contains("PRIVATE KEY-----")) {
            return new Reading.Bad("It is a private key, which must not leave your computer.");
        }
        return new Reading.Bad(
                text.matches("[~./][^\\n]*|[^\\s]*\\.pub")
                        ? "It is a path, and its file is not read. To take the keys of a file, write {file: " + text
                                + "}."
                        : "A key is its type and its data, such as 'ssh-ed25519 AAAA...'.");
    }
}
