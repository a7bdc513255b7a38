package dev.paddock.cli.pool;

import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.poolclient.PoolHttpClient;
import dev.paddock.cli.poolclient.PoolSocket;
import dev.paddock.host.lab.LabHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The fast path of {@code paddock acquire POOL}. The pool server leases a VM in a few milliseconds, so the caller
 * mostly waits for this program to start. The fast path loads as few classes as possible, and returns what the server
 * sends.
 *
 * <p>It leaves everything else, such as other options and rejections that need an explanation, to
 * {@link AcquireCommand}.
 */
public final class AcquireFastPath {
    private static final String LAB = "--lab";
    private static final String ID = "--id";
    private static final String ID_PREFIX = "{\"id\":\"";
    private static final int CREATED = 201;

    private AcquireFastPath() {}

    /**
     * Return the lease as JSON, or only its id with {@code --id}; absent if the full command has to handle the request.
     */
    public static Optional<String> lease(List<String> arguments) {
        var rest = arguments;
        var lab = Optional.<String>empty();
        if (!rest.isEmpty() && rest.getFirst().startsWith(LAB)) {
            lab = lab(rest.getFirst());
            rest = rest.subList(1, rest.size());
            if (lab.isEmpty()) {
                return Optional.empty();
            }
        }
        var idOnly = rest.size() == 3 && rest.getLast().equals(ID);
        if ((rest.size() != 2 && !idOnly) || !rest.getFirst().equals("acquire") || !isPlain(rest.get(1))) {
            return Optional.empty();
        }
        var socket = lab.map(AcquireFastPath::socket).orElse(PoolSocket.of(Invocation.SYSTEM));
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        return acquire(socket, rest.get(1), idOnly);
    }

    static Optional<String> acquire(Path socket, String pool, boolean idOnly) {
        try {
            var reply = PoolHttpClient.ask(socket, "POST", "/v1/pools/" + pool + "/leases", "");
            if (reply.status() != CREATED) {
                return Optional.empty();
            }
            return Optional.of(idOnly ? id(reply.body()) : reply.body().strip());
        } catch (IOException failure) {
            return Optional.empty();
        }
    }

    /** Return the id of a lease: the pool server writes it first, without characters that JSON escapes. */
    private static String id(String lease) {
        var start = ID_PREFIX.length();
        return lease.substring(start, lease.indexOf('"', start));
    }

    private static Optional<String> lab(String option) {
        if (option.equals(LAB)) {
            return Optional.of("default");
        }
        return Optional.of(option.substring(LAB.length()))
                .filter(value -> value.startsWith("="))
                .map(value -> value.substring(1))
                .filter(AcquireFastPath::isPlain);
    }

    private static Path socket(String lab) {
        return LabHome.path().resolve(lab).resolve("run").resolve(PoolSocket.NAME);
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(letter -> (letter >= 'a' && letter <= 'z')
                                || (letter >= 'A' && letter <= 'Z')
                                || (letter >= '0' && letter <= '9')
                                || letter == '_'
                                || (letter == '-' && name.charAt(0) != '-'));
    }
}
