package dev.paddock.core.bind;

import dev.paddock.core.ansible.InventorySources;
import dev.paddock.core.source.TrustedFiles;
import dev.paddock.core.vault.VaultPassword;
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
 * @param inventory the files, folders and lists of hosts that make up the inventory; empty for the single host
 *     {@code local}
 * @param vaultPasswords the passwords of encrypted variables
 * @param extraVars the variables of the command line, which override all others
 * @param extraVarsFiles files of variables, which override all but those
 * @param limit a pattern of hosts, as in {@code hosts:}
 * @param tags bind only resources with one of these tags; empty for all
 * @param skipTags exclude resources with one of these tags
 * @param connect the URI that replaces the one of the host {@code local}
 * @param consent what the user allows beyond the usual
 */
public record BindRequest(
        List<Path> playbooks,
        List<String> inventory,
        List<VaultPassword> vaultPasswords,
        Map<String, String> extraVars,
        List<Path> extraVarsFiles,
        Optional<String> limit,
        Set<String> tags,
        Set<String> skipTags,
        Optional<String> connect,
        Consent consent) {
    /**
     * What the user allows playbooks and inventories of others beyond the usual.
     *
     * @param folders folders that playbooks may name files in, besides their own
     * @param programs whether the URI of a host may start local programs
     */
    public record Consent(List<Path> folders, boolean programs) {
        public static final Consent NONE = new Consent(List.of(), false);

        public Consent {
            folders = List.copyOf(folders);
        }
    }

    public BindRequest {
        playbooks = List.copyOf(playbooks);
        inventory = List.copyOf(inventory);
        vaultPasswords = List.copyOf(vaultPasswords);
        extraVars = Collections.unmodifiableMap(new LinkedHashMap<>(extraVars));
        extraVarsFiles = List.copyOf(extraVarsFiles);
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
        skipTags = Collections.unmodifiableSet(new LinkedHashSet<>(skipTags));
    }

    /** Return the files that playbooks may read. */
    TrustedFiles trusted() {
        var trusted = new TrustedFiles().folders(consent.folders());
        playbooks.forEach(playbook -> trusted.file(playbook).folder(folder(playbook)));
        extraVarsFiles.forEach(trusted::file);
        InventorySources.trust(inventory, trusted);
        return trusted;
    }

    /** Return the folder of a playbook. */
    static Path folder(Path playbook) {
        var folder = playbook.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("/") : folder;
    }

    /** Return the request for playbooks without any options. */
    public static BindRequest of(Path... playbooks) {
        return new BindRequest(
                List.of(playbooks),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Consent.NONE);
    }
}
