package dev.paddock.host.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The service manager that started this process, if there is one and it wants notifications; see sd_notify(3). Java has
 * no datagram sockets between processes.
 */
public final class ServiceManager {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int LONGEST_PATH = 107;

    private final Optional<String> socket;

    private ServiceManager(Optional<String> socket) {
        this.socket = socket;
    }

    public static ServiceManager ofProcess() {
        return at(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")).filter(path -> !path.isEmpty()));
    }

    static ServiceManager at(Optional<String> socket) {
        return new ServiceManager(socket);
    }

    /** Send a notification, such as {@code READY=1}. Failures are ignored. */
    public void tell(String words) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            var descriptor = Calls.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                var address = address(socket.get());
                var text = words.getBytes(StandardCharsets.UTF_8);
                Calls.sendto(descriptor, text, text.length, 0, address, address.length);
            } finally {
                Calls.close(descriptor);
            }
        } catch (LastErrorException deaf) {
            return;
        }
    }

    /** Return a sockaddr_un; a path that starts with @ is in the abstract namespace. */
    private static byte[] address(String path) {
        var bytes = path.getBytes(StandardCharsets.UTF_8);
        var length = Math.min(bytes.length, LONGEST_PATH);
        var isAbstract = bytes[0] == '@';
        var address = new byte[2 + length + (isAbstract ? 0 : 1)];
        address[0] = AF_UNIX;
        System.arraycopy(bytes, 0, address, 2, length);
        if (isAbstract) {
            address[2] = 0;
        }
        return address;
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        private Calls() {}

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native long sendto(
                int descriptor, byte[] data, long length, int flags, byte[] address, int addressLength)
                throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
