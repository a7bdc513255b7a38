package dev.paddock.host.libvirt.storage;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;

/** The storage pool in which a host keeps its images. */
final class ImagePool {
    private static final ResourceId ID = new ResourceId("storage", ImageStore.POOL);

    private final StoragePoolWriter pools = new StoragePoolWriter();

    /** Create and start it if needed. */
    synchronized void require(WriteConnection connection) {
        var isThere = StoragePoolWriter.with(connection, ImageStore.POOL, pool -> requireOwn(connection, pool));
        if (!isThere) {
            pools.define(connection, new Action.Define(ID, XmlWriter.write(document())));
            pools.build(connection, ImageStore.POOL);
            pools.autostart(connection, ImageStore.POOL, true);
        }
        pools.start(connection, ImageStore.POOL);
    }

    /** Check its folder, even if it was declared by somebody else: VMs look for the files there. */
    private static void requireOwn(WriteConnection connection, StoragePool pool) {
        var path = StoragePoolWriter.document(connection, pool)
                .child("target")
                .flatMap(target -> target.childText("path"))
                .orElse("no folder");
        if (!path.equals(ImageStore.FOLDER)) {
            throw new HostException(
                            Failure.REFUSED,
                            0,
                            0,
                            "The host has a storage pool \"" + ImageStore.POOL + "\" at " + path
                                    + ", and images are kept" + " in one of this name at " + ImageStore.FOLDER + ".")
                    .withAdvice("Give that pool another name: `virsh pool-dumpxml`, `virsh pool-undefine` and `virsh"
                            + " pool-define` leave what is in it alone. Then apply again.");
        }
    }

    private static Element document() {
        return Element.of("pool")
                .withAttribute("type", "dir")
                .plus(Element.of("name").withText(ImageStore.POOL))
                .plus(Element.of("uuid").withText(ImageStore.UUID))
                .plus(Element.of("target")
                        .plus(Element.of("path").withText(ImageStore.FOLDER))
                        // VMs open files by name, and nobody else may list them.
                        .plus(Element.of("permissions")
                                .plus(Element.of("mode").withText("0711"))
                                .plus(Element.of("owner").withText("0"))
                                .plus(Element.of("group").withText("0"))));
    }

    /** Apply an operation to the pool, which exists and runs. */
    static void use(WriteConnection connection, Consumer<Pointer> use) {
        var pool = ReadCalls.virStoragePoolLookupByName(connection.pointer(), ImageStore.POOL);
        if (pool == null) {
            throw connection.failure();
        }
        try {
            use.accept(pool);
        } finally {
            ReadCalls.virStoragePoolFree(pool);
        }
    }

    /** Let libvirt scan for new files. It refuses while a volume is being filled, when no scan is needed. */
    static void refresh(WriteConnection connection) {
        isRefreshed(connection);
    }

    /** Refuse a file that does not fit; if libvirt cannot scan now, its numbers are outdated. */
    static void requireRoom(WriteConnection connection, String name, Path source) throws IOException {
        if (isRefreshed(connection)) {
            var files = new ArrayList<IOException>();
            StoragePoolWriter.require(connection, ImageStore.POOL, pool -> {
                try {
                    FreeSpace.require(connection, pool, name, source);
                } catch (IOException unreadable) {
                    files.add(unreadable);
                }
            });
            for (var unreadable : files) {
                throw unreadable;
            }
        }
    }

    private static boolean isRefreshed(WriteConnection connection) {
        var refreshed = new AtomicBoolean(true);
        StoragePoolWriter.require(connection, ImageStore.POOL, pool -> {
            try {
                pool.refresh(0);
            } catch (LibvirtException refused) {
                var error = LibvirtError.take();
                if (error.code() != LibvirtError.OPERATION_INVALID && error.code() != LibvirtError.INTERNAL_ERROR) {
                    throw connection.failure(error);
                }
                refreshed.set(false);
            }
        });
        return refreshed.get();
    }
}
