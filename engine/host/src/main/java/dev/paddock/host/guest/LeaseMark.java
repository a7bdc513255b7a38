package dev.paddock.host.guest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Distinguishes the leases of a guest. A guest that is claimed for a lease starts nothing for any other, so late
 * requests of an earlier lease have no effect.
 *
 * @param text a digest of the lease's ID, because the ID itself must not reach the guest
 */
public record LeaseMark(String text) {
    private static final int ENOUGH = 32;

    /** Return the mark of a lease with this ID. */
    public static LeaseMark of(String lease) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(lease.getBytes(StandardCharsets.UTF_8));
            return new LeaseMark(HexFormat.of().formatHex(digest).substring(0, ENOUGH));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Each Java has SHA-256.", impossible);
        }
    }
}
