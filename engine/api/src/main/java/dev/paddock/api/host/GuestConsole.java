package dev.paddock.api.host;

/** An open serial console. Reading and writing may go on at the same time, each by one thread. */
public interface GuestConsole extends AutoCloseable {
    /**
     * Wait for what the guest writes.
     *
     * @return how many bytes were read into the buffer; 0 when the console has ended
     */
    int read(byte[] buffer);

    /** Type to the guest. */
    void write(byte[] bytes);

    /** Let go of the console; whoever reads is given the end. */
    @Override
    void close();
}
