package dev.paddock.host.machine;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine that a libvirt runs on, as a place to run programs. */
public sealed interface LibvirtMachine {
    /** This machine. */
    record Here() implements LibvirtMachine {}

    /** A lab on this machine. */
    record InLab(Lab lab) implements LibvirtMachine {}

    /**
     * A machine whose libvirt is reached by ssh.
     *
     * @param options of the ssh client, such as the port
     * @param destination {@code user@host}
     */
    record BySsh(List<String> options, String destination) implements LibvirtMachine {
        public BySsh {
            options = List.copyOf(options);
        }
    }

    /** A machine on which no program can be run. */
    record OutOfReach() implements LibvirtMachine {}

    /** Return the machine of a libvirt URI. */
    static LibvirtMachine of(String uri) {
        URI parsed;
        try {
            parsed = new URI(uri);
        } catch (URISyntaxException odd) {
            return new OutOfReach();
        }
        var scheme = Optional.ofNullable(parsed.getScheme()).orElse("");
        var host = Optional.ofNullable(parsed.getHost()).orElse("");
        if (scheme.endsWith("+ssh") || scheme.endsWith("+libssh") || scheme.endsWith("+libssh2")) {
            return bySsh(parsed, host);
        }
        if (!host.isEmpty() || scheme.startsWith("test")) {
            return new OutOfReach();
        }
        return parameter(parsed, "socket")
                .flatMap(socket -> Lab.at(Path.of(socket)))
                .<LibvirtMachine>map(InLab::new)
                .orElse(new Here());
    }

    private static LibvirtMachine bySsh(URI uri, String host) {
        // ssh would take a leading dash for an option.
        if (host.isEmpty()
                || host.startsWith("-")
                || Optional.ofNullable(uri.getUserInfo()).orElse("").startsWith("-")) {
            return new OutOfReach();
        }
        List<String> options = new ArrayList<>();
        if (uri.getPort() > 0) {
            options.addAll(List.of("-p", Integer.toString(uri.getPort())));
        }
        parameter(uri, "keyfile").ifPresent(file -> options.addAll(List.of("-i", file)));
        return new BySsh(
                options,
                Optional.ofNullable(uri.getUserInfo()).map(user -> user + "@").orElse("") + host);
    }

    /** Return a decoded parameter of a URI. */
    static Optional<String> parameter(URI uri, String name) {
        return Stream.of(Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(
                        pair.substring(name.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8))
                .findFirst();
    }

    /** Return the path from which this program sees the root of the machine's files; absent if it does not. */
    default Optional<Path> root() {
        return switch (this) {
            case Here here -> Optional.of(Path.of("/"));
            case InLab(var lab) -> lab.root();
            case BySsh far -> Optional.empty();
            case OutOfReach outOfReach -> Optional.empty();
        };
    }

    /**
     * Return the command with which this program runs another one there; absent if there is no way.
     *
     * @throws LabException if the lab does not run, or belongs to another user
     */
    default Optional<List<String>> command(List<String> program) throws LabException {
        return switch (this) {
            case Here here -> Optional.of(program);
            case InLab(var lab) -> Optional.of(lab.command(program));
            case BySsh(var options, var destination) ->
                // The other end passes it to a shell.
                Optional.of(Stream.of(
                                List.of("ssh", "-o", "BatchMode=yes"),
                                options,
                                List.of("--", destination, quoted(program)))
                        .flatMap(List::stream)
                        .toList());
            case OutOfReach outOfReach -> Optional.empty();
        };
    }

    /** Return the words as a shell command line that passes each literally. */
    static String quoted(List<String> program) {
        return program.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
