package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Progress;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.host.Restored;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.image.ImageCache;
import dev.paddock.host.image.ImageException;
import dev.paddock.host.image.ImageFiles;
import dev.paddock.host.image.LocalImage;
import dev.paddock.host.reach.Machine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.libvirt.LibvirtException;

/** Changes a host through one connection of libvirt-java's, with a few calls at once. */
final class LibvirtWriter implements HostWriter {
    /** Long enough for a filter that is rebuilt for many guests, and for guests that each block for 30 seconds. */
    private static final Duration PATIENCE_TO_WRITE = Duration.ofMinutes(10);

    /** libvirtd works at five calls of a connection at once; the fifth would stall all others. */
    private static final int CALLS_AT_ONCE = 4;

    private final Map<String, WritableKind> kinds;
    private final ImageFiles images = new ImageFiles(ImageCache.ofUser());
    private final ImageWriting imageWriting = new ImageWriting(Clock.systemUTC());
    private final String uri;
    private final Machine machine;
    private final Workers workers;
    private final WriteConnection connection;
    private final Gate gate = new Gate();

    private LibvirtWriter(String uri, Workers workers, WriteConnection connection) {
        this.uri = uri;
        this.machine = Machine.of(uri);
        var domains = new DomainWriting(machine);
        this.kinds = Map.of(
                "network", new NetworkWriting(machine),
                "nwfilter", new NwfilterWriting(),
                "snapshot", new SnapshotWriting(),
                "storage", new StoragePoolWriting(),
                "volume", new VolumeWriting(),
                "vm", domains,
                "pool", domains);
        this.workers = workers;
        this.connection = connection;
    }

    static LibvirtWriter open(String uri) {
        var workers = new Workers(CALLS_AT_ONCE);
        try {
            return new LibvirtWriter(
                    uri, workers, workers.within(LibvirtReader.PATIENCE_TO_OPEN, () -> WriteConnection.open(uri)));
        } catch (HostException failure) {
            workers.close();
            throw LibvirtReader.unreachable(uri, failure);
        }
    }

    @Override
    public void perform(Action action) {
        perform(action, Progress.SILENT);
    }

    @Override
    public Restored restore(ResourceId snapshot, Optional<RestoreWay> way) {
        return calling(() -> Restoring.restore(connection, snapshot, way));
    }

    @Override
    public void perform(Action action, Progress progress) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> call(action, kind -> Attempts.checking(() -> kind.define(connection, define)));
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
            case Action.AwaitReady ready -> new AwaitingReady(connection, machine, this::with, ready, progress).await();
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
        return calling(() -> DomainWriting.using(connection, guest, use));
    }

    private <T> T calling(Supplier<T> calls) {
        return workers.within(PATIENCE_TO_WRITE, () -> gate.using(calls));
    }

    /** However long an image takes, it only has to go on. */
    private void provide(ImageSpec image, Progress progress) {
        if (calling(() -> imageWriting.has(connection, image))) {
            return;
        }
        try (var files = images.of(image, progress)) {
            images.holding(image, uri, () -> upload(image, files, progress));
        } catch (ImageException failure) {
            throw HostException.of(failure.diagnostic());
        }
    }

    private boolean upload(ImageSpec image, LocalImage files, Progress progress) {
        var sent = new AtomicLong();
        Progress counted = (what, done, of) -> {
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
