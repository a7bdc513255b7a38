package dev.paddock.host.libvirt;

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
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.libvirt.LibvirtException;

/** Changes a host through one connection of libvirt-java's, with a few calls at once. */
final class LibvirtWriter implements HostWriter {
    /** Long enough for a filter that is rebuilt for many guests, and for guests that each block for 30 seconds. */
    private static final Duration PATIENCE_TO_WRITE = Duration.ofMinutes(10);

    /** libvirtd works at five calls of a connection at once; the fifth would stall all others. */
    private static final int CALLS_AT_ONCE = 4;

    private final Map<String, WritableKind> kinds = Map.of(
            "network", new NetworkWriting(),
            "nwfilter", new NwfilterWriting(),
            "snapshot", new SnapshotWriting(),
            "storage", new StoragePoolWriting(),
            "volume", new VolumeWriting(),
            "vm", new DomainWriting());
    private final ImageFiles images = new ImageFiles(ImageCache.ofUser());
    private final ImageWriting imageWriting = new ImageWriting(Clock.systemUTC());
    private final String uri;
    private final Workers workers;
    private final WriteConnection connection;
    private final Gate gate = new Gate();

    private LibvirtWriter(String uri, Workers workers, WriteConnection connection) {
        this.uri = uri;
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
        return workers.within(PATIENCE_TO_WRITE, () -> gate.using(() -> Restoring.restore(connection, snapshot, way)));
    }

    @Override
    public void perform(Action action, Progress progress) {
        if (action instanceof Action.Provide provide) {
            provide(provide.image(), progress);
        } else {
            workers.within(
                    PATIENCE_TO_WRITE,
                    () -> gate.using(() -> {
                        perform(action, writable(action.target().kind()), progress::told);
                        return true;
                    }));
        }
    }

    /** However long an image takes, it only has to go on. */
    private void provide(ImageSpec image, Progress progress) {
        if (workers.within(PATIENCE_TO_WRITE, () -> gate.using(() -> imageWriting.has(connection, image)))) {
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

    private void perform(Action action, WritableKind kind, Consumer<String> told) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> kind.define(connection, define);
            case Action.Undefine undefine -> kind.undefine(connection, name);
            case Action.Start start -> kind.start(connection, name);
            case Action.Stop stop -> kind.stop(connection, name);
            case Action.Build build -> kind.build(connection, name);
            case Action.Resize resize -> kind.resize(connection, resize);
            case Action.Provide provide ->
                throw new IllegalArgumentException("An image is no object of libvirt's. This is a bug in this tool.");
            case Action.SetAutostart autostart -> kind.autostart(connection, name, autostart.enabled());
            case Action.UpdateNetwork update -> kind.update(connection, update);
            case Action.Replug replug -> kind.replug(connection, name);
            case Action.Guest guest -> kind.perform(connection, guest, told);
        }
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
