package dev.paddock.host.guest;

import java.util.Arrays;

/**
 * A frame of the agent's protocol; see {@code agent.h}. The payload is part of a buffer that the next frame overwrites.
 */
@SuppressWarnings("ArrayRecordComponent") // A view of the buffer that is never compared.
record AgentFrame(byte kind, byte[] buffer, int offset, int length) {
    static final int HEADER = 4;
    static final byte END_MARK = 0x5a;

    /** The maximum size of a frame to the agent, and of a frame from it. */
    static final int MOST_TO_GUEST = 16 * 1024;

    static final int MOST_FROM_GUEST = 32 * 1024;

    // From the host.
    static final byte HELLO = 'H';
    static final byte REQUEST = 'Q';
    static final byte RUN = 'R';
    static final byte INPUT = 'I';
    static final byte EOF = 'E';
    static final byte SIGNAL = 'S';
    static final byte WINDOW = 'W';
    static final byte PING = 'G';

    // From the guest.
    static final byte WELCOME = 'h';
    static final byte OUTPUT = 'o';
    static final byte ERRORS = 'e';
    static final byte TAKEN = 't';
    static final byte END = 'x';
    static final byte PONG = 'g';

    /** Return the encoded bytes of a frame to the guest. */
    static byte[] encode(byte kind, byte[] payload, int offset, int length) {
        var bytes = new byte[HEADER + length + 1];
        bytes[0] = kind;
        bytes[1] = (byte) (length >> 16);
        bytes[2] = (byte) (length >> 8);
        bytes[3] = (byte) length;
        System.arraycopy(payload, offset, bytes, HEADER, length);
        bytes[HEADER + length] = END_MARK;
        return bytes;
    }

    int unsignedByte(int index) {
        return buffer[offset + index] & 0xff;
    }

    boolean holds(byte[] payload) {
        return Arrays.equals(buffer, offset, offset + length, payload, 0, payload.length);
    }

    /** Return the first four bytes as a number. */
    long number() {
        return ((long) unsignedByte(0) << 24)
                | ((long) unsignedByte(1) << 16)
                | ((long) unsignedByte(2) << 8)
                | unsignedByte(3);
    }
}
