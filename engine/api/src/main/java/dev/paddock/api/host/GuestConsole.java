package dev.paddock.api.host;

/** An open serial console. One thread may read while another writes. */
public interface GuestConsole extends AutoCloseable {
    /**
     * Wait for output of the guest.
     *
     * @return the number of bytes read into the buffer; 0 at the end of the console
     */
    int read(byte[] buffer);

    /** Send input to the guest. */
    void write(byte[] bytes);

    /** Release the console. A blocked read returns 0. */
    @Override
    void close();
}
