package dev.paddock.host.libvirt;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.Progress;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;
import dev.paddock.api.xml.XmlWriting;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;

/** Changes storage pools. What is in them is never deleted. */
final class StoragePoolWriting implements WritableKind {
    /** virStoragePoolDefineFlags: VIR_STORAGE_POOL_DEFINE_VALIDATE. */
    private static final int VALIDATE = 1;

    /** virStoragePoolBuildFlags: VIR_STORAGE_POOL_BUILD_NEW. */
    private static final int NEW = 0;

    /**
     * The types of which building makes a folder and sets its permissions, and no more, as long as no flag is given. Of
     * others it makes file systems, partition tables and volume groups.
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

    /** Return the way out where libvirt was built or installed without the backend of a type; see virStorageBackendForType. */
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
                Attempts.make(connection, pool::undefine, () -> isGone(connection, name));
            }
        });
    }

    /** Start a pool. Where that fails for want of a folder, the folder is made. */
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
                Attempts.make(connection, () -> pool.build(NEW), () -> isActive(connection, pool));
                create(connection, pool);
            }
        });
    }

    private static void create(WriteConnection connection, StoragePool pool) {
        Attempts.make(connection, () -> pool.create(0), () -> isActive(connection, pool));
    }

    /**
     * Make the folder of a pool, unless it is there and has the permissions that are declared. Whether it is, only
     * starting tells, after which the pool runs.
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
                Attempts.make(connection, () -> pool.build(NEW), () -> isActive(connection, pool));
                return;
            }
            if (!FolderPermissions.of(document(connection, pool)).satisfy(FolderPermissions.of(declared))) {
                Attempts.make(connection, pool::destroy, () -> !isActive(connection, pool));
                // What was read at the start has taken the place of what was declared.
                define(
                        connection,
                        new Action.Define(new ResourceId("storage", name), XmlWriting.write(declared), false));
                Attempts.make(connection, () -> pool.build(NEW), () -> isActive(connection, pool));
            }
        });
    }

    @Override
    public void stop(WriteConnection connection, String name) {
        with(connection, name, pool -> {
            if (isActive(connection, pool)) {
                Attempts.make(connection, pool::destroy, () -> isGone(connection, name) || !isActive(connection, pool));
            }
        });
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        require(connection, name, pool -> Attempts.make(connection, () -> pool.setAutostart(enabled ? 1 : 0)));
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        throw new IllegalArgumentException(update.target() + " is no network. This is a bug in this tool.");
    }

    @Override
    public void replug(WriteConnection connection, String name, Progress progress) {
        throw new IllegalArgumentException(
                "No guest is plugged into the storage pool " + name + ". This is a bug in this tool.");
    }

    /** Do something with a pool, if there is one of that name. */
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

    static Element document(WriteConnection connection, StoragePool pool) {
        try {
            return XmlReading.read(connection.call(() -> pool.getXMLDesc(0)));
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
