package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.host.RestoreResult;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.image.ImageCache;
import dev.paddock.host.image.ImageException;
import dev.paddock.host.image.ImageFiles;
import dev.paddock.host.image.LocalImage;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.ConnectionGuard;
import dev.paddock.host.libvirt.connection.OpenFailure;
import dev.paddock.host.libvirt.connection.Retry;
import dev.paddock.host.libvirt.connection.Workers;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.domain.DomainWriter;
import dev.paddock.host.libvirt.guest.ReadinessWaiter;
import dev.paddock.host.libvirt.network.NetworkWriter;
import dev.paddock.host.libvirt.nwfilter.NwfilterWriter;
import dev.paddock.host.libvirt.snapshot.SnapshotRestorer;
import dev.paddock.host.libvirt.snapshot.SnapshotWriter;
import dev.paddock.host.libvirt.storage.ImageWriter;
import dev.paddock.host.libvirt.storage.StoragePoolWriter;
import dev.paddock.host.libvirt.storage.VolumeWriter;
import dev.paddock.host.machine.LibvirtMachine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.libvirt.LibvirtException;

/** Changes a host through one connection of libvirt-java, with a few calls at once. */
final class LibvirtWriter implements HostWriter {
    /** Long enough for a filter that is rebuilt for many VMs, even if each VM blocks for 30 seconds. */
    private static final Duration PATIENCE_TO_WRITE = Duration.ofMinutes(10);

    /** libvirtd handles five calls of a connection at once; the fifth would block all others. */
    private static final int CALLS_AT_ONCE = 4;

    private final Map<String, WritableKind> kinds;
    private final ImageFiles images = new ImageFiles(ImageCache.ofUser());
    private final ImageWriter imageWriting = new ImageWriter(Clock.systemUTC());
    private final String uri;
    private final LibvirtMachine machine;
    private final Workers workers;
    private final WriteConnection connection;
    private final ConnectionGuard gate = new ConnectionGuard();

    private LibvirtWriter(String uri, Workers workers, WriteConnection connection) {
        this.uri = uri;
        this.machine = LibvirtMachine.of(uri);
        var domains = new DomainWriter(machine);
        this.kinds = Map.of(
                "network", new NetworkWriter(machine),
                "nwfilter", new NwfilterWriter(),
                "snapshot", new SnapshotWriter(machine),
                "storage", new StoragePoolWriter(),
                "volume", new VolumeWriter(),
                "vm", domains,
                "pool", domains);
        this.workers = workers;
        this.connection = connection;
    }

    static LibvirtWriter open(String uri) {
        var workers = new Workers(CALLS_AT_ONCE);
        try {
            return new LibvirtWriter(
                    uri, workers, workers.within(OpenFailure.TIMEOUT, () -> WriteConnection.open(uri)));
        } catch (HostException failure) {
            workers.close();
            throw OpenFailure.of(uri, failure);
        }
    }

    @Override
    public void perform(Action action) {
        perform(action, ProgressListener.SILENT);
    }

    @Override
    public RestoreResult restore(ResourceId snapshot, Optional<RestoreWay> way) {
        return calling(() -> SnapshotRestorer.restore(connection, machine, snapshot, way));
    }

    @Override
    public void perform(Action action, ProgressListener progress) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> call(action, kind -> Retry.checking(() -> kind.define(connection, define)));
            case Action.Undefine undefine -> call(action, kind -> kind.undefine(connection, name));
            case Action.Start start -> call(action, kind -> kind.start(connection, name));
            case Action.Stop stop -> call(action, kind -> kind.stop(connection, name));
            case Action.Build build -> call(action, kind -> kind.build(connection, name));
            case Action.Resize resize -> call(action, kind -> kind.resize(connection, resize));
            case Action.Provide provide -> provide(provide.image(), progress);
            case Action.SetAutostart autostart ->
                call(action, kind -> kind.autostart(connection, name, autostart.enabled()));
            case Action.UpdateNetwork update -> call(action, kind -> kind.update(connection, update));
            case Action.Replug replug -> call(action, kind -> kind.replug(connection, name, progress));
            case Action.AwaitReady ready ->
                new ReadinessWaiter(connection, machine, this::with, ready, progress).await();
            case Action.SetMetadata metadata -> call(action, kind -> kind.setMetadata(connection, metadata));
            case Action.Guest guest -> call(action, kind -> kind.perform(connection, guest, progress));
        }
    }

    private void call(Action action, Consumer<WritableKind> work) {
        calling(() -> {
            work.accept(writable(action.target().kind()));
            return true;
        });
    }

    private <T> T with(String guest, Function<Pointer, T> use) {
        return calling(() -> DomainWriter.using(connection, guest, use));
    }

    private <T> T calling(Supplier<T> calls) {
        return workers.within(PATIENCE_TO_WRITE, () -> gate.using(calls));
    }

    /** An image may take any time as long as it makes progress. */
    private void provide(ImageSpec image, ProgressListener progress) {
        if (calling(() -> imageWriting.has(connection, image))) {
            return;
        }
        try (var files = images.of(image, progress)) {
            images.holding(image, uri, () -> upload(image, files, progress));
        } catch (ImageException failure) {
            throw HostException.of(failure.diagnostic());
        }
    }

    private boolean upload(ImageSpec image, LocalImage files, ProgressListener progress) {
        var sent = new AtomicLong();
        ProgressListener counted = (what, done, of) -> {
            sent.addAndGet(1);
            progress.at(what, done, of);
        };
        return Workers.await(
                workers.start(() -> gate.using(() -> {
                    imageWriting.write(connection, image, files.paths(), counted);
                    return true;
                })),
                PATIENCE_TO_WRITE,
                sent::get);
    }

    private WritableKind writable(String kind) {
        var writable = kinds.get(kind);
        if (writable == null) {
            throw new HostException(Failure.UNSUPPORTED, 0, 0, "Objects of kind " + kind + " cannot be changed.");
        }
        return writable;
    }

    @Override
    public void close() {
        gate.close(() -> {
            try {
                connection.close();
            } catch (LibvirtException broken) {
                LibvirtError.take();
            }
        });
        workers.close();
    }
}
