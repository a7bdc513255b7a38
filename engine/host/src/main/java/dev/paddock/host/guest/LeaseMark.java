package dev.paddock.host.guest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells a guest one lease of it from another. A guest that is claimed for a lease starts nothing for any other, so
 * whoever comes late, when the guest is somebody else's, does nothing to it.
 *
 * @param text a digest of the lease's id, as the id itself is nothing for a guest to know
 */
public record LeaseMark(String text) {
    private static final int ENOUGH = 32;

    /** Return the mark of a lease with that id. */
    public static LeaseMark of(String lease) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(lease.getBytes(StandardCharsets.UTF_8));
            return new LeaseMark(HexFormat.of().formatHex(digest).substring(0, ENOUGH));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Each Java has SHA-256.", impossible);
        }
    }
}
