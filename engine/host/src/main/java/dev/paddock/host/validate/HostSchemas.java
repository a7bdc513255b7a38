package dev.paddock.host.validate;

import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.host.machine.LibvirtMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The schemas of a host's libvirt, which validate the documents that it defines. They differ between versions, so those
 * of this machine only apply to a daemon of the same version.
 */
public sealed interface HostSchemas permits HostSchemas.There, HostSchemas.Missing, RemoteSchemas {
    /** Check a document; see {@link LibvirtSchemas#check}. */
    SchemaVerdict check(String schemaFile, String xml);

    /** Find the schemas of a host. */
    static HostSchemas of(String uri, Version version) {
        return of(uri, version, SchemaCache.ofUser());
    }

    static HostSchemas of(String uri, Version version, SchemaCache cache) {
        if (uri.startsWith("test:")) {
            // The driver is part of this machine's client library.
            return new There(new LibvirtSchemas());
        }
        var machine = LibvirtMachine.of(uri);
        return LocalSchemas.find(machine, version, uri)
                .<HostSchemas>map(There::new)
                .orElseGet(() -> switch (machine) {
                    case LibvirtMachine.BySsh far -> RemoteSchemas.of(far, version, cache);
                    case LibvirtMachine.Here here -> elsewhere(version);
                    case LibvirtMachine.InLab lab -> elsewhere(version);
                    case LibvirtMachine.OutOfReach outOfReach -> elsewhere(version);
                });
    }

    /**
     * Find what are probably the schemas of a host without asking it: the files of its root, if this program sees them.
     *
     * @return absent if only the host knows
     */
    static Optional<HostSchemas> offline(String uri) {
        return switch (LibvirtMachine.of(uri)) {
            case LibvirtMachine.BySsh far -> Optional.empty();
            case LibvirtMachine.OutOfReach outOfReach ->
                uri.startsWith("test:") ? Optional.of(new There(new LibvirtSchemas())) : Optional.empty();
            case LibvirtMachine.Here here -> Optional.of(new There(new LibvirtSchemas()));
            case LibvirtMachine.InLab lab ->
                Optional.of(new There(lab.lab()
                        .root()
                        .map(root -> new LibvirtFiles(root).schemas())
                        .filter(Files::isDirectory)
                        .map(LibvirtSchemas::new)
                        .orElseGet(LibvirtSchemas::new)));
        };
    }

    private static HostSchemas elsewhere(Version version) {
        return new Missing("libvirt's schemas of version " + version + " are not within reach here.");
    }

    /** Schemas read from files. */
    record There(LibvirtSchemas schemas) implements HostSchemas {
        There(Path folder) {
            this(new LibvirtSchemas(folder));
        }

        @Override
        public SchemaVerdict check(String schemaFile, String xml) {
            return schemas.check(schemaFile, xml);
        }
    }

    /** The schemas are not available, so only libvirt can validate. */
    record Missing(String reason) implements HostSchemas {
        @Override
        public SchemaVerdict check(String schemaFile, String xml) {
            return new SchemaVerdict.NotChecked(reason);
        }
    }
}
