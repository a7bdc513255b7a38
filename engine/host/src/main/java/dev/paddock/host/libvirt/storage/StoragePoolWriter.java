package dev.paddock.host.libvirt.storage;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.Retry;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;

/** Changes storage pools. Their content is never deleted. */
public final class StoragePoolWriter implements WritableKind {
    /** virStoragePoolDefineFlags: VIR_STORAGE_POOL_DEFINE_VALIDATE. */
    private static final int VALIDATE = 1;

    /** virStoragePoolBuildFlags: VIR_STORAGE_POOL_BUILD_NEW. */
    private static final int NEW = 0;

    /**
     * The types for which building only creates a folder and sets its permissions, as long as no flag is given. For
     * others it creates file systems, partition tables and volume groups.
     */
    private static final Set<String> FOLDERS = Set.of("dir", "fs", "netfs");

    private static final Pattern MISSING_BACKEND =
            Pattern.compile("missing backend for pool type \\d+ \\(([a-z-]+)\\)");

    @Override
    public void define(WriteConnection connection, Action.Define define) {
        var flags = define.validate() && connection.validates() ? VALIDATE : 0;
        try {
            free(connection.call(() -> connection.storagePoolDefineXML(define.xml(), flags)));
        } catch (HostException refused) {
            throw missingBackend(refused.getMessage()).map(refused::withAdvice).orElse(refused);
        }
    }

    /** Return advice if libvirt was built or installed without the backend of a type; see virStorageBackendForType. */
    static Optional<String> missingBackend(@Nullable String reason) {
        return Optional.ofNullable(reason)
                .map(MISSING_BACKEND::matcher)
                .filter(Matcher::find)
                .map(found ->
                        ("The libvirt of the host has no backend for pools of type %1$s. Debian 13 and newer have it in"
                                        + " the package libvirt-daemon-driver-storage-%1$s: install it there, restart libvirtd, and"
                                        + " apply again.")
                                .formatted(found.group(1)));
    }

    @Override
    public void undefine(WriteConnection connection, String name) {
        with(connection, name, pool -> {
            // A transient pool has no definition to remove.
            if (connection.call(pool::isPersistent) == 1) {
                Retry.make(connection, pool::undefine, () -> isGone(connection, name));
            }
        });
    }

    /** Start a pool. If that fails because its folder is missing, the folder is created. */
    @Override
    public void start(WriteConnection connection, String name) {
        require(connection, name, pool -> {
            if (isActive(connection, pool)) {
                return;
            }
            try {
                create(connection, pool);
            } catch (HostException failure) {
                if (failure.failure() != Failure.REFUSED || !isFolder(connection, pool)) {
                    throw failure;
                }
                Retry.make(connection, () -> pool.build(NEW), () -> isActive(connection, pool));
                create(connection, pool);
            }
        });
    }

    private static void create(WriteConnection connection, StoragePool pool) {
        Retry.make(connection, () -> pool.create(0), () -> isActive(connection, pool));
    }

    /**
     * Create the folder of a pool, unless it exists with the declared permissions. Only a start shows that, after which
     * the pool runs.
     */
    @Override
    public void build(WriteConnection connection, String name) {
        require(connection, name, pool -> {
            if (isActive(connection, pool) || !isFolder(connection, pool)) {
                return;
            }
            var declared = document(connection, pool);
            try {
                create(connection, pool);
            } catch (HostException failure) {
                if (failure.failure() != Failure.REFUSED) {
                    throw failure;
                }
                Retry.make(connection, () -> pool.build(NEW), () -> isActive(connection, pool));
                return;
            }
            if (!FolderPermissions.of(document(connection, pool)).satisfy(FolderPermissions.of(declared))) {
                Retry.make(connection, pool::destroy, () -> !isActive(connection, pool));
                // The values read at the start have replaced the declared ones.
                define(
                        connection,
                        new Action.Define(new ResourceId("storage", name), XmlWriter.write(declared), false));
                Retry.make(connection, () -> pool.build(NEW), () -> isActive(connection, pool));
            }
        });
    }

    @Override
    public void stop(WriteConnection connection, String name) {
        with(connection, name, pool -> {
            if (isActive(connection, pool)) {
                Retry.make(connection, pool::destroy, () -> isGone(connection, name) || !isActive(connection, pool));
            }
        });
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        require(connection, name, pool -> Retry.make(connection, () -> pool.setAutostart(enabled ? 1 : 0)));
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        throw new IllegalArgumentException(update.target() + " is no network. This is a bug in this tool.");
    }

    @Override
    public void replug(WriteConnection connection, String name, ProgressListener progress) {
        throw new IllegalArgumentException(
                "No guest is plugged into the storage pool " + name + ". This is a bug in this tool.");
    }

    /** Apply an operation to a pool; false if it does not exist. */
    static boolean with(WriteConnection connection, String name, Consumer<StoragePool> use) {
        var pool = connection.find(() -> connection.storagePoolLookupByName(name));
        pool.ifPresent(found -> {
            try {
                use.accept(found);
            } finally {
                free(found);
            }
        });
        return pool.isPresent();
    }

    static void require(WriteConnection connection, String name, Consumer<StoragePool> use) {
        if (!with(connection, name, use)) {
            throw new HostException(
                    Failure.REFUSED,
                    LibvirtError.NO_STORAGE_POOL,
                    0,
                    "There is no storage pool of the name \"" + name + "\".");
        }
    }

    private static boolean isActive(WriteConnection connection, StoragePool pool) {
        return connection.call(pool::isActive) == 1;
    }

    private static boolean isFolder(WriteConnection connection, StoragePool pool) {
        return document(connection, pool)
                .attribute("type")
                .filter(FOLDERS::contains)
                .isPresent();
    }

    public static Element document(WriteConnection connection, StoragePool pool) {
        try {
            return XmlReader.read(connection.call(() -> pool.getXMLDesc(0)));
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }

    private static boolean isGone(WriteConnection connection, String name) {
        return !with(connection, name, pool -> {});
    }

    private static void free(StoragePool pool) {
        try {
            pool.free();
        } catch (LibvirtException leaked) {
            LibvirtError.take();
        }
    }
}
