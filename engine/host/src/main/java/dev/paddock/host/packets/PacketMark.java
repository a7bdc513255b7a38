package dev.paddock.host.packets;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Numbers in packets that identify them. */
public final class PacketMark {
    public static final int LENGTH = 12;

    private static final long MAGIC = 0x7061_6464_6f63_6b21L;

    private PacketMark() {}

    public static byte[] of(int number) {
        return ByteBuffer.allocate(LENGTH).putLong(MAGIC).putInt(number).array();
    }

    /** Return the number in received data. */
    static OptionalInt in(byte[] data, int length) {
        var buffer = ByteBuffer.wrap(data, 0, length);
        for (var at = length - LENGTH; at >= 0; at--) {
            if (buffer.getLong(at) == MAGIC) {
                return OptionalInt.of(buffer.getInt(at + Long.BYTES));
            }
        }
        return OptionalInt.empty();
    }
}
