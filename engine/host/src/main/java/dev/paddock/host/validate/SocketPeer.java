package dev.paddock.host.validate;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/** Finds the process that listens at a socket, wherever its files are (unix(7), SO_PEERCRED). */
final class SocketPeer {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;

    /** struct ucred: pid, uid and gid. */
    private static final int UCRED = 12;

    /** struct sockaddr_un: a family of two bytes, and the path. */
    private static final int LONGEST_PATH = 107;

    private SocketPeer() {}

    static {
        Native.register(SocketPeer.class, "c");
    }

    private static native int socket(int family, int type, int protocol) throws LastErrorException;

    private static native int connect(int socket, byte[] address, int length) throws LastErrorException;

    private static native int getsockopt(int socket, int level, int option, byte[] value, int[] length)
            throws LastErrorException;

    private static native int close(int descriptor) throws LastErrorException;

    /** Return its PID as seen by this process; absent if there is none or it is not visible. */
    static OptionalInt of(Path socket) {
        var path = socket.toString().getBytes(StandardCharsets.UTF_8);
        if (path.length > LONGEST_PATH) {
            return OptionalInt.empty();
        }
        try {
            var descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            try {
                var address = ByteBuffer.allocate(2 + LONGEST_PATH + 1).order(ByteOrder.nativeOrder());
                address.putShort((short) AF_UNIX).put(path);
                connect(descriptor, address.array(), address.capacity());
                var credentials = new byte[UCRED];
                getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, credentials, new int[] {UCRED});
                var pid = ByteBuffer.wrap(Arrays.copyOf(credentials, Integer.BYTES))
                        .order(ByteOrder.nativeOrder())
                        .getInt();
                return pid > 0 ? OptionalInt.of(pid) : OptionalInt.empty();
            } finally {
                close(descriptor);
            }
        } catch (LastErrorException nobody) {
            return OptionalInt.empty();
        }
    }
}
