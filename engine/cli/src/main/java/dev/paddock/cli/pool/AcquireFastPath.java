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
 * {@code paddock acquire POOL} in a hurry: a guest is acquired in a few milliseconds, so that what the program itself takes
 * to start is most of what its caller waits for. It asks the keeper with no more classes than that takes, and prints what
 * the keeper says.
 *
 * <p>Whatever is not plain, as an option or a refusal that has to be explained, is left to {@link AcquireCommand}.
 */
public final class AcquireFastPath {
    private static final String LAB = "--lab";
    private static final String ID = "--id";
    private static final String START = "{\"id\":\"";
    private static final int CREATED = 201;

    private AcquireFastPath() {}

    /** Return the lease as JSON, or its id alone with {@code --id}; absent when it takes more than this to get one, or to tell why there is none. */
    public static Optional<String> lease(List<String> arguments) {
        var words = arguments;
        var lab = Optional.<String>empty();
        if (!words.isEmpty() && words.getFirst().startsWith(LAB)) {
            lab = lab(words.getFirst());
            words = words.subList(1, words.size());
            if (lab.isEmpty()) {
                return Optional.empty();
            }
        }
        var isOfId = words.size() == 3 && words.getLast().equals(ID);
        if ((words.size() != 2 && !isOfId) || !words.getFirst().equals("acquire") || !isPlain(words.get(1))) {
            return Optional.empty();
        }
        var socket = lab.map(AcquireFastPath::socket).orElse(PoolSocket.of(Invocation.SYSTEM));
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        return asked(socket, words.get(1), isOfId);
    }

    static Optional<String> asked(Path socket, String pool, boolean isOfId) {
        try {
            var reply = PoolHttpClient.ask(socket, "POST", "/v1/pools/" + pool + "/leases", "");
            if (reply.status() != CREATED) {
                return Optional.empty();
            }
            return Optional.of(isOfId ? id(reply.body()) : reply.body().strip());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** The keeper writes the id first, and in letters that JSON does not escape. */
    private static String id(String lease) {
        var start = START.length();
        return lease.substring(start, lease.indexOf('"', start));
    }

    private static Optional<String> lab(String option) {
        if (option.equals(LAB)) {
            return Optional.of("default");
        }
        return Optional.of(option.substring(LAB.length()))
                .filter(rest -> rest.startsWith("="))
                .map(rest -> rest.substring(1))
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
