package dev.paddock.host.guest;

/**
 * A bidirectional byte stream to a port of a guest. One thread may read while others write, one at a time. Failures are
 * those of the host, {@link dev.paddock.api.host.HostException}.
 */
public interface GuestPort extends AutoCloseable {
    /** Wait for bytes, and return how many were read; 0 if the guest disconnected. */
    int read(byte[] buffer, int offset, int length);

    /** Write all bytes, however long the guest takes. */
    void write(byte[] bytes, int offset, int length);

    /** Release the port. A blocked read returns 0. */
    @Override
    void close();
}
