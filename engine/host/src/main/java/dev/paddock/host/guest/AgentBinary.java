package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.identity.Sha256;
import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The agent as a program for guests: one static binary, compiled from the sources in Paddock, so that it runs in any
 * Linux guest with this machine's architecture.
 */
public final class AgentBinary {
    /** The system property with the folder in which packages install the program. */
    private static final String INSTALLED = "paddock.agents";

    private static final String FOLDER = "/dev/paddock/guest/";
    private static final List<String> SOURCES = List.of(
            "agent.h", "main.c", "port.c", "command.c", "identity.c", "request.c", "claim.c", "network.c", "archive.c");
    private static final List<String> COMPILER =
            List.of("gcc", "-static", "-O2", "-std=c17", "-s", "-Wall", "-Wextra", "-Werror");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private AgentBinary() {}

    /**
     * Return the program: the one that the packages install, or else compiled into a folder, unless it already contains
     * one from the same sources.
     *
     * @param cache created if missing
     * @throws GuestException if the compiler is missing ({@link PackagePurpose#GUEST_AGENT} names its packages) or
     *     fails
     */
    public static Path in(Path cache) {
        var sources = sources();
        var name = "paddock-agent-" + digest(sources);
        var installed = System.getProperty(INSTALLED);
        if (installed != null && Files.isExecutable(Path.of(installed, name))) {
            return Path.of(installed, name);
        }
        var binary = cache.resolve(name);
        if (Files.isExecutable(binary)) {
            return binary;
        }
        var missing = MissingPackages.missing(PackagePurpose.GUEST_AGENT);
        if (!missing.isEmpty()) {
            throw new GuestException(MissingPackages.explain(PackagePurpose.GUEST_AGENT, missing));
        }
        try {
            Files.createDirectories(cache);
            var work = Files.createTempDirectory(cache, "agent-");
            try {
                Files.move(compile(sources, work), binary, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                clear(work);
            }
        } catch (IOException failure) {
            throw new GuestException(Diagnostic.error(
                    Code.FILE_UNWRITABLE,
                    "The guest agent cannot be built in " + cache + ": " + failure,
                    "Make the folder writable, and see that there is room in it."));
        }
        return binary;
    }

    private static Path compile(Map<String, byte[]> sources, Path work) throws IOException {
        var program = work.resolve("paddock-agent");
        var command = new ArrayList<>(COMPILER);
        command.addAll(List.of("-o", program.toString()));
        for (var source : sources.entrySet()) {
            var file = work.resolve(source.getKey());
            Files.write(file, source.getValue());
            if (source.getKey().endsWith(".c")) {
                command.add(file.toString());
            }
        }
        var outcome = new Program(command, Map.of("LC_ALL", "C.UTF-8"), LIMIT).run();
        if (!outcome.isSuccess()) {
            throw new GuestException(Diagnostic.error(
                    Code.AGENT_NOT_BUILT,
                    "The guest agent cannot be compiled. " + outcome.explanation(),
                    outcome instanceof ProcessResult.NotStarted
                            ? "Install the packages gcc and libc6-dev."
                            : "Install the packages gcc and libc6-dev of this machine's own Debian release."));
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private static void clear(Path work) throws IOException {
        try (var files = Files.newDirectoryStream(work)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }

    private static Map<String, byte[]> sources() {
        Map<String, byte[]> sources = new LinkedHashMap<>();
        for (var name : SOURCES) {
            sources.put(name, source(name));
        }
        return sources;
    }

    private static byte[] source(String name) {
        try (InputStream stream = Objects.requireNonNull(AgentBinary.class.getResourceAsStream(FOLDER + name))) {
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException("[%s] is not in the program. This is a bug.".formatted(name), failure);
        }
    }

    /** Return a name derived from the sources and the compiler options. */
    private static String digest(Map<String, byte[]> sources) {
        var all = Sha256.begin();
        all.update(String.join(" ", COMPILER).getBytes(StandardCharsets.UTF_8));
        sources.values().forEach(all::update);
        return HexFormat.of().formatHex(all.digest(), 0, 8);
    }
}
