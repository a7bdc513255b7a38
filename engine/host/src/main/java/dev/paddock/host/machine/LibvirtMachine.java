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

/** The machine that a libvirt runs on, as a place where programs can be run. */
public sealed interface LibvirtMachine {
    /** This machine. */
    record Here() implements LibvirtMachine {}

    /** A lab on this machine. */
    record InLab(Lab lab) implements LibvirtMachine {}

    /**
     * A machine that libvirt is reached at by ssh.
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
        // What starts with a dash would be an option to ssh.
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

    /** Return a parameter of a URI, decoded. */
    static Optional<String> parameter(URI uri, String name) {
        return Stream.of(Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(
                        pair.substring(name.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8))
                .findFirst();
    }

    /** Return the folder by which this program sees the root of the machine's files; absent where it does not. */
    default Optional<Path> root() {
        return switch (this) {
            case Here here -> Optional.of(Path.of("/"));
            case InLab(var lab) -> lab.root();
            case BySsh far -> Optional.empty();
            case OutOfReach outOfReach -> Optional.empty();
        };
    }

    /**
     * Return the command by which this program runs another there; absent where there is no way.
     *
     * @throws LabException when the lab does not run, or is another user's
     */
    default Optional<List<String>> command(List<String> program) throws LabException {
        return switch (this) {
            case Here here -> Optional.of(program);
            case InLab(var lab) -> Optional.of(lab.command(program));
            case BySsh(var options, var destination) ->
                // The other end hands it to a shell.
                Optional.of(Stream.of(
                                List.of("ssh", "-o", "BatchMode=yes"),
                                options,
                                List.of("--", destination, quoted(program)))
                        .flatMap(List::stream)
                        .toList());
            case OutOfReach outOfReach -> Optional.empty();
        };
    }

    /** Return the words as a line of a shell, in which each arrives as it is. */
    static String quoted(List<String> program) {
        return program.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
