package dev.paddock.host.packets;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The calls of the C library for raw sockets and namespaces. */
final class SocketCalls {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_PACKET = 17;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF_FORCE = 33;
    static final int SO_MARK = 36;
    static final int SOL_PACKET = 263;
    static final int PACKET_IGNORE_OUTGOING = 23;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_HDRINCL = 36;
    static final int IPPROTO_RAW = 255;
    static final int ETH_P_ALL = 3;
    static final short POLLIN = 1;
    static final int CLONE_NEWNET = 0x4000_0000;
    static final int EAGAIN = 11;
    static final int O_RDONLY = 0;

    private SocketCalls() {}

    static {
        Native.register(SocketCalls.class, "c");
    }

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int setns(int descriptor, int kind) throws LastErrorException;

    static native int unshare(int flags) throws LastErrorException;

    static native int gettid();

    static native int sched_setaffinity(int thread, long size, byte[] mask) throws LastErrorException;

    static native int sched_getcpu() throws LastErrorException;

    static native int if_nametoindex(String name) throws LastErrorException;

    static native int socket(int family, int type, int protocol) throws LastErrorException;

    static native int bind(int socket, byte[] address, int length) throws LastErrorException;

    static native int setsockopt(int socket, int level, int option, byte[] value, int length) throws LastErrorException;

    static native long sendto(int socket, byte[] data, long length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    static native long send(int socket, byte[] data, long length, int flags) throws LastErrorException;

    static native long recv(int socket, byte[] data, long length, int flags) throws LastErrorException;

    static native int poll(byte[] requests, long count, int milliseconds) throws LastErrorException;
}
