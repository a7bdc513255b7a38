package dev.paddock.host.machine;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.FilterBackend.Kind;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Detects what implements filters on the machine of a libvirt: by its configuration, by its driver's capabilities, by
 * the installed programs and, if permitted, by trying them in a separate network namespace.
 */
public final class FilterBackendProbe {
    private FilterBackendProbe() {}

    /** Detect it on the machine of a libvirt. */
    public static FilterBackend at(String uri) {
        try {
            return LibvirtMachine.of(uri)
                    .command(List.of("sh", "-c", script()))
                    .map(command ->
                            of(Program.of(command.toArray(String[]::new)).run()))
                    .orElseGet(() -> FilterBackend.assumed("as no program can be run on that machine from here"));
        } catch (LabException ended) {
            return FilterBackend.assumed("as the lab does not run");
        }
    }

    static FilterBackend of(ProcessResult outcome) {
        if (!(outcome instanceof ProcessResult.Ended ended) || !ended.succeeded()) {
            return FilterBackend.assumed("as its machine does not tell");
        }
        Map<String, String> told = new HashMap<>();
        ended.output().lines().forEach(line -> {
            var equals = line.indexOf('=');
            if (equals > 0) {
                told.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        });
        return of(told);
    }

    private static FilterBackend of(Map<String, String> told) {
        var takesContinue = "yes".equals(told.get("continue"));
        var tracksBridges = !"no".equals(told.get("tracks"));
        var configured = kind(told.get("configured"));
        if ("no".equals(told.get("knows"))) {
            return new FilterBackend(
                    Kind.IPTABLES, true, "as this libvirt has nothing else", takesContinue, tracksBridges);
        }
        if (!told.containsKey("knows")) {
            return new FilterBackend(
                    configured.orElse(Kind.IPTABLES),
                    false,
                    configured.isPresent()
                            ? "as its nwfilter.conf says, if its driver, which is nowhere to be found, reads that"
                            : "as libvirt's driver for filters is nowhere to be found there",
                    takesContinue,
                    tracksBridges);
        }
        if (configured.isPresent()) {
            return new FilterBackend(configured.get(), true, "as its nwfilter.conf says", takesContinue, tracksBridges);
        }
        var first = kind(told.get("default")).orElse(Kind.IPTABLES);
        var other = first == Kind.IPTABLES ? Kind.NFTABLES : Kind.IPTABLES;
        var isThere = "yes".equals(told.get(word(first)));
        return new FilterBackend(
                isThere ? first : other,
                true,
                isThere ? "which it looks for first" : "as " + word(first) + ", which it looks for first, is not there",
                takesContinue,
                tracksBridges);
    }

    private static Optional<Kind> kind(@Nullable String word) {
        return switch (word == null ? "" : word) {
            case "iptables" -> Optional.of(Kind.IPTABLES);
            case "nftables" -> Optional.of(Kind.NFTABLES);
            default -> Optional.empty();
        };
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case IPTABLES -> "iptables";
            case NFTABLES -> "nftables";
        };
    }

    private static String script() {
        try (InputStream resource = FilterBackendProbe.class.getResourceAsStream("filter-backend.sh")) {
            if (resource == null) {
                throw new IllegalStateException("filter-backend.sh is missing from the jar. This is a bug in paddock.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException("filter-backend.sh cannot be read. This is a bug in paddock.", failure);
        }
    }
}
