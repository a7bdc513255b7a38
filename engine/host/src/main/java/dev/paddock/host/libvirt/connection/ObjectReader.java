package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;
import dev.paddock.api.host.Observed;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Reads a list of objects, possibly over several connections: each takes the next object until none is left.
 * Thread-safe.
 */
public final class ObjectReader {
    private final ReadableKind kind;
    private final List<Listed> objects;
    private final AtomicReferenceArray<Observed> observed;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    public ObjectReader(ReadableKind kind, List<Listed> objects) {
        this.kind = kind;
        this.objects = objects;
        this.observed = new AtomicReferenceArray<>(objects.size());
    }

    public int size() {
        return objects.size();
    }

    public boolean isDone() {
        return done.get() == objects.size();
    }

    public long progress() {
        return done.get();
    }

    /** Read on the connection of the list, and free the list's handles. */
    public void readWith(ReadConnection connection) {
        try {
            readEach(connection, Listed::handle);
        } finally {
            objects.forEach(object -> kind.free(object.handle()));
        }
    }

    /** Read on another connection. */
    void helpWith(ReadConnection connection) {
        if (next.get() >= objects.size()) {
            return;
        }
        var handles = ObjectLister.handles(kind, connection);
        try {
            readEach(connection, object -> handles.get(object.uuid()));
        } finally {
            handles.values().forEach(kind::free);
        }
    }

    private void readEach(
            ReadConnection connection, Function<Listed, @org.jspecify.annotations.Nullable Pointer> handles) {
        for (var i = next.getAndIncrement(); i < objects.size(); i = next.getAndIncrement()) {
            var object = objects.get(i);
            var handle = handles.apply(object);
            observed.set(i, handle == null ? new Observed.Absent() : read(connection, object, handle));
            done.incrementAndGet();
        }
    }

    private Observed read(ReadConnection connection, Listed object, Pointer handle) {
        var found = DocumentReader.of(kind, connection, object, handle);
        return found instanceof Observed.Present present && !kind.has(present.defined())
                ? new Observed.Absent()
                : found;
    }

    /** Pass on the observations, by name. */
    public void collect(BiConsumer<String, Observed> to) {
        for (var i = 0; i < objects.size(); i++) {
            to.accept(objects.get(i).name(), observed.get(i));
        }
    }
}
