package dev.paddock.host.libvirt.guest;

import com.sun.jna.Pointer;
import dev.paddock.api.host.GuestConsole;
import dev.paddock.api.host.HostException;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.GuestCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.domain.MissingDomain;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A console through a libvirt stream, on its own connection.
 *
 * <p>The stream blocks, so that no event loop is needed: one thread waits for output, another sends input. libvirt's
 * client library allows several threads on one connection.
 */
final class LibvirtConsole implements GuestConsole {
    /** virDomainConsoleFlags: VIR_DOMAIN_CONSOLE_FORCE. */
    private static final int FORCE = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WriteConnection connection;
    private final Pointer stream;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;

    private LibvirtConsole(WriteConnection connection, Pointer stream) {
        this.connection = connection;
        this.stream = stream;
    }

    static LibvirtConsole open(String uri, String guest, boolean takeOver) {
        var connection = WriteConnection.open(uri);
        try {
            return open(connection, guest, takeOver);
        } catch (HostException refused) {
            connection.closeQuietly();
            throw refused;
        }
    }

    private static LibvirtConsole open(WriteConnection connection, String guest, boolean takeOver) {
        var handle = DomainCalls.virDomainLookupByName(connection.pointer(), guest);
        if (handle == null) {
            var error = LibvirtError.take();
            throw error.isAbsence() ? MissingDomain.of(guest) : connection.failure(error);
        }
        try {
            var stream = GuestCalls.virStreamNew(connection.pointer(), 0);
            if (stream == null) {
                throw connection.failure();
            }
            if (GuestCalls.virDomainOpenConsole(handle, null, stream, takeOver ? FORCE : 0) < 0) {
                var failure = connection.failure();
                GuestCalls.virStreamFree(stream);
                throw failure;
            }
            return new LibvirtConsole(connection, stream);
        } finally {
            DomainCalls.virDomainFree(handle);
        }
    }

    @Override
    public int read(byte[] buffer) {
        reading.lock();
        try {
            if (closed) {
                return 0;
            }
            var count = GuestCalls.virStreamRecv(stream, buffer, buffer.length);
            if (count >= 0) {
                return count;
            }
            var failure = connection.failure();
            if (closed) {
                return 0;
            }
            throw failure;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void write(byte[] bytes) {
        var sent = 0;
        while (sent < bytes.length && !closed) {
            var rest = java.util.Arrays.copyOfRange(bytes, sent, bytes.length);
            var count = GuestCalls.virStreamSend(stream, rest, rest.length);
            if (count < 0) {
                var failure = connection.failure();
                if (closed) {
                    return;
                }
                throw failure;
            }
            sent += count;
        }
    }

    /** If a reader does not return, its resources are left to the end of the program. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var aborting = Thread.ofPlatform().daemon().name("console").start(this::abort);
        try {
            aborting.join(PATIENCE);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private void abort() {
        if (GuestCalls.virStreamAbort(stream) < 0) {
            ReadCalls.virResetLastError();
        }
        reading.lock();
        try {
            GuestCalls.virStreamFree(stream);
            connection.closeQuietly();
        } finally {
            reading.unlock();
        }
    }
}
