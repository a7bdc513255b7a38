package dev.paddock.api.pool;

import dev.paddock.api.identity.Sha256;
import dev.paddock.api.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The place of one VM in a pool. Everything that outlives a VM follows from pool and number: a recreated VM keeps its
 * name, UUID and addresses.
 *
 * @param pool the pool's name
 * @param uuid the UUID of the pool's pattern
 * @param number counted from 1
 */
public record PoolSlot(String pool, String uuid, int number) {
    /** Return the name of its domain. */
    public String name() {
        return pool + "-" + number;
    }

    /** Return the UUID of its domain. */
    public String id() {
        var bits = ByteBuffer.wrap(Sha256.of(seed("slot")));
        var version8 = (bits.getLong() & ~0xf000L) | 0x8000L;
        var variant = (bits.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(version8, variant).toString();
    }

    /** Return the MAC address of an interface, counted from 0. */
    public String mac(int nic) {
        return MacAddress.derived(seed("mac " + nic)).toString();
    }

    private String seed(String what) {
        return uuid + "\n" + number + "\n" + what;
    }
}
