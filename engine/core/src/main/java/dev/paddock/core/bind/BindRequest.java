package dev.paddock.core.bind;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run asks for.
 *
 * @param playbooks files, in the order in which they are read
 * @param inventory absent for the one host {@code local}
 * @param extraVars variables of the command line, which win over all others
 * @param extraVarsFiles files of variables, which win over all but those
 * @param limit a pattern of hosts, as {@code hosts:} takes it
 * @param tags run only resources with one of these; empty for all
 * @param skipTags leave out resources with one of these
 * @param connect URI that replaces the one of the host {@code local}
 */
public record BindRequest(
        List<Path> playbooks,
        Optional<Path> inventory,
        Map<String, String> extraVars,
        List<Path> extraVarsFiles,
        Optional<String> limit,
        Set<String> tags,
        Set<String> skipTags,
        Optional<String> connect) {

    public BindRequest {
        playbooks = List.copyOf(playbooks);
        extraVars = Collections.unmodifiableMap(new LinkedHashMap<>(extraVars));
        extraVarsFiles = List.copyOf(extraVarsFiles);
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
        skipTags = Collections.unmodifiableSet(new LinkedHashSet<>(skipTags));
    }

    /** Return the request for playbooks as they are. */
    public static BindRequest of(Path... playbooks) {
        return new BindRequest(
                List.of(playbooks),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty());
    }
}
