package dev.paddock.core.inventory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of libvirt URIs by which opening a connection can start programs on this machine. What is not known to be
 * harmless counts as one.
 */
public final class UriPrograms {
    private static final Set<String> TRANSPORTS = Set.of("unix", "tls", "tcp", "ssh", "libssh", "libssh2");
    private static final Set<String> PARAMETERS = Set.of(
            "socket",
            "keyfile",
            "mode",
            "no_verify",
            "no_tty",
            "no_sanity",
            "pkipath",
            "tls_priority",
            "known_hosts",
            "known_hosts_verify",
            "sshauth",
            "proxy",
            "vcenter",
            "auto_answer",
            "transport");

    private UriPrograms() {}

    /** Return the first such part, in words; empty for a URI without. */
    public static Optional<String> in(String uri) {
        var lower = uri.toLowerCase(Locale.ROOT);
        var query = lower.indexOf('?');
        var start = query < 0 ? lower : lower.substring(0, query);
        var scheme = start.substring(0, Math.max(0, start.indexOf(':')));
        var plus = scheme.indexOf('+');
        if (plus >= 0 && !TRANSPORTS.contains(scheme.substring(plus + 1))) {
            return Optional.of("the transport '" + scheme.substring(plus + 1) + "'");
        }
        if (decoded(start.replaceAll("/+", "/")).endsWith("/embed")) {
            return Optional.of("the path '/embed'");
        }
        if (start.matches("[^/]*//([^/]*@)?-.*")) {
            return Optional.of("a host that starts with '-'");
        }
        if (query < 0) {
            return Optional.empty();
        }
        for (var parameter : lower.substring(query + 1).split("[&;]", -1)) {
            var name = decoded(parameter.split("=", 2)[0]);
            if (!name.isEmpty() && !PARAMETERS.contains(name)) {
                return Optional.of("the parameter '" + name + "'");
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
