package dev.paddock.host.guest;

/**
 * A two-way stream of bytes to a port of a guest. One thread may read while others write; only one writes at a time.
 * Failures are those of the host, {@link dev.paddock.api.host.HostException}.
 */
public interface GuestPort extends AutoCloseable {
    /** Wait for bytes, and return how many were read; 0 when the guest has gone. */
    int read(byte[] buffer, int offset, int length);

    /** Write all of these, however long the guest takes. */
    void write(byte[] bytes, int offset, int length);

    /** Let go of the port. Whoever waits for bytes is told that the guest has gone. */
    @Override
    void close();
}
