package dev.paddock.host.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.nio.charset.StandardCharsets;

/** A Unix socket that datagrams come to, as a service manager has one. */
final class Datagrams implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int LONGEST = 4096;

    private final int descriptor;

    /** Listen at a path, or at a name of the abstract namespace, which starts with a NUL. */
    Datagrams(String name) {
        descriptor = Calls.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
        var address = new Address(name);
        // With a path the length may count the NULs after it; a name of the abstract namespace is all that is counted.
        var length = name.startsWith("\0") ? 2 + name.getBytes(StandardCharsets.UTF_8).length : address.size();
        Calls.bind(descriptor, address, length);
        // One that never comes is a failure, and no test that never ends.
        var patience = new long[] {10, 0};
        Calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, patience, patience.length * Long.BYTES);
    }

    /** Return the next, which is waited for. */
    String next() {
        var bytes = new byte[LONGEST];
        return new String(bytes, 0, (int) Calls.recv(descriptor, bytes, bytes.length, 0), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Calls.close(descriptor);
    }

    /** A {@code sockaddr_un}. */
    @Structure.FieldOrder({"family", "path"})
    public static final class Address extends Structure {
        public short family = AF_UNIX;
        public byte[] path = new byte[108];

        Address(String name) {
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, path, 0, bytes.length);
        }
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        private Calls() {}

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native int bind(int descriptor, Address address, int length) throws LastErrorException;

        static native int setsockopt(int descriptor, int level, int option, long[] value, int length)
                throws LastErrorException;

        static native long recv(int descriptor, byte[] data, long length, int flags) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
