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
 * The request of a run of the binder.
 *
 * @param playbooks the files, in the order in which they are read
 * @param inventory absent for the single host {@code local}
 * @param extraVars the variables of the command line, which override all others
 * @param extraVarsFiles files of variables, which override all but those
 * @param limit a pattern of hosts, as in {@code hosts:}
 * @param tags bind only resources with one of these tags; empty for all
 * @param skipTags exclude resources with one of these tags
 * @param connect the URI that replaces the one of the host {@code local}
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

    /** Return the request for playbooks without any options. */
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
