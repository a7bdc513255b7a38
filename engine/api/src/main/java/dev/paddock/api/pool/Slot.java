package dev.paddock.api.pool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A place in a pool for one guest. Whoever has the pool and the number knows all that outlives the guests: a guest that
 * is made anew has the name, the identity and the addresses of the one before.
 *
 * @param pool the pool's name
 * @param uuid the UUID of its pattern
 * @param number counted from 1
 */
public record Slot(String pool, String uuid, int number) {
    /** Return the name of its domain. */
    public String name() {
        return pool + "-" + number;
    }

    /** Return the UUID of its domain. */
    public String id() {
        var bits = ByteBuffer.wrap(hash("slot"));
        var version8 = (bits.getLong() & ~0xf000L) | 0x8000L;
        var variant = (bits.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(version8, variant).toString();
    }

    /** Return the MAC address of an interface, counted from 0. The first half is QEMU's. */
    public String mac(int nic) {
        var hash = hash("mac " + nic);
        return "52:54:00:%02x:%02x:%02x".formatted(hash[0], hash[1], hash[2]);
    }

    private byte[] hash(String what) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((uuid + "\n" + number + "\n" + what).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256. This is a bug in this tool.", impossible);
        }
    }
}
