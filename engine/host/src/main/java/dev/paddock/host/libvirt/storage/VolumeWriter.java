package dev.paddock.host.libvirt.storage;

import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.Retry;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.network.NetworkUpdater;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/** Creates, resizes and deletes volumes. Their names are those of their pools, a slash, and their own. */
public final class VolumeWriter implements WritableKind {
    /** virStorageVolResizeFlags: VIR_STORAGE_VOL_RESIZE_SHRINK. */
    private static final int SHRINK = 1 << 2;

    /** virDomainBlockResizeFlags: VIR_DOMAIN_BLOCK_RESIZE_BYTES. */
    private static final int BYTES = 1;

    /** virConnectListAllDomainsFlags: VIR_CONNECT_LIST_DOMAINS_ACTIVE. */
    private static final int ACTIVE = 1;

    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final int TRIES = 600;

    /**
     * Create a volume unless one of that name exists: data is never overwritten. libvirt's validation flag is not used,
     * because 9.0 refuses every document with it: virStorageVolDefParseXML does not know the flag that is passed on to
     * it.
     */
    @Override
    public void define(WriteConnection connection, Action.Define define) {
        var name = define.target().name();
        StoragePoolWriter.require(connection, pool(name), pool -> {
            // A file may have been added or removed since the last refresh.
            refresh(connection, pool);
            if (find(connection, pool, own(name)).isEmpty()) {
                BackingSize.require(connection, name, NetworkUpdater.parsed(define.xml()));
                free(connection.call(() -> pool.storageVolCreateXML(define.xml(), 0)));
            }
        });
    }

    /** libvirt refuses a refresh while another volume of the pool is being created. */
    private static void refresh(WriteConnection connection, StoragePool pool) {
        for (var tries = TRIES; ; tries--) {
            try {
                Retry.make(connection, () -> pool.refresh(0));
                return;
            } catch (HostException refused) {
                var isBusy = String.valueOf(refused.getMessage()).contains("asynchronous jobs running");
                if (!isBusy || tries == 0 || !PollInterval.of(A_MOMENT)) {
                    throw refused;
                }
            }
        }
    }

    @Override
    public void undefine(WriteConnection connection, String name) {
        with(connection, name, volume -> Retry.make(connection, () -> volume.delete(0)));
    }

    /** Resize a volume. For a disk of a running VM, QEMU has to do it, because only QEMU may write to the file. */
    @Override
    public void resize(WriteConnection connection, Action.Resize resize) {
        var name = resize.target().name();
        var found = with(connection, name, volume -> {
            var path = connection.call(volume::getPath);
            if (!resizeDisk(connection, resize, path)) {
                connection.call(() -> volume.resize(resize.capacity(), resize.shrink() ? SHRINK : 0));
            }
        });
        if (!found) {
            throw new HostException(
                    Failure.REFUSED,
                    LibvirtError.NO_STORAGE_VOL,
                    0,
                    "There is no volume of the name \"" + name + "\".");
        }
    }

    private static boolean resizeDisk(WriteConnection connection, Action.Resize resize, String path) {
        var array = new PointerByReference();
        var count = DomainCalls.virConnectListAllDomains(connection.pointer(), array, ACTIVE);
        if (count < 0) {
            throw connection.failure();
        }
        var guests = array.getValue().getPointerArray(0, count);
        ClientLibrary.free(array.getValue());
        try {
            for (var guest : guests) {
                var text = DomainCalls.virDomainGetXMLDesc(guest, 0);
                if (text == null) {
                    LibvirtError.take();
                    continue;
                }
                var disks = VolumeUsers.disksOfTheirOwn(
                        parsed(ClientLibrary.take(text)), resize.target(), Optional.of(path));
                if (!disks.isEmpty()) {
                    resizeDisk(connection, DomainCalls.virDomainGetName(guest).getString(0, "UTF-8"), disks, resize);
                    return true;
                }
            }
            return false;
        } finally {
            for (var guest : guests) {
                DomainCalls.virDomainFree(guest);
            }
        }
    }

    /** virDomainBlockResize shrinks without asking. */
    private static void resizeDisk(WriteConnection connection, String guest, List<String> disks, Action.Resize resize) {
        if (resize.shrink()) {
            throw new HostException(
                    Failure.REFUSED,
                    0,
                    0,
                    "The guest \"" + guest + "\" is running on it, which no shrinking survives.");
        }
        var domain = connection.call(() -> connection.domainLookupByName(guest));
        try {
            var size = connection.call(() -> domain.blockInfo(disks.getFirst()).getCapacity());
            if (size > resize.capacity()) {
                throw new HostException(
                        Failure.REFUSED,
                        0,
                        0,
                        "The disk " + disks.getFirst() + " of the VM \"" + guest + "\" has " + size
                                + " bytes already, more than the " + resize.capacity()
                                + " that are declared: it was resized by hand while the VM runs. Declare that"
                                + " capacity.");
            }
            Retry.make(connection, () -> domain.blockResize(disks.getFirst(), resize.capacity(), BYTES));
        } finally {
            try {
                domain.free();
            } catch (LibvirtException leaked) {
                LibvirtError.take();
            }
        }
    }

    private static boolean with(WriteConnection connection, String name, Consumer<StorageVol> use) {
        var found = new boolean[1];
        StoragePoolWriter.with(connection, pool(name), pool -> find(connection, pool, own(name))
                .ifPresent(volume -> {
                    found[0] = true;
                    try {
                        use.accept(volume);
                    } finally {
                        free(volume);
                    }
                }));
        return found[0];
    }

    private static Optional<StorageVol> find(WriteConnection connection, StoragePool pool, String name) {
        return connection.find(() -> pool.storageVolLookupByName(name));
    }

    private static String pool(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    private static String own(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static Element parsed(String document) {
        try {
            return XmlReader.read(document);
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }

    private static void free(StorageVol volume) {
        try {
            volume.free();
        } catch (LibvirtException leaked) {
            LibvirtError.take();
        }
    }

    @Override
    public void start(WriteConnection connection, String name) {
        throw stateless(name);
    }

    @Override
    public void stop(WriteConnection connection, String name) {
        throw stateless(name);
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        throw stateless(name);
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        throw stateless(update.target().name());
    }

    @Override
    public void replug(WriteConnection connection, String name, ProgressListener progress) {
        throw stateless(name);
    }

    private static IllegalArgumentException stateless(String name) {
        return new IllegalArgumentException(
                "The volume " + name + " can only be created, resized and deleted. This is a bug in this tool.");
    }
}
