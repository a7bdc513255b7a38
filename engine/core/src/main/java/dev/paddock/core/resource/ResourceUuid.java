package dev.paddock.core.resource;

import dev.paddock.api.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The UUID of a resource that declares none: a version 5 UUID (RFC 9562, section 5.5) of its project, kind and name.
 *
 * <p>It proves ownership where libvirt keeps no metadata, and makes defining safe to repeat.
 */
public final class ResourceUuid {
    /** The namespace of all hashed names, chosen once at random. */
    private static final byte[] NAMESPACE = HexFormat.of().parseHex("6a3f2b8e1c4d5e6f8a9b0c1d2e3f4a5b");

    private ResourceUuid() {}

    public static String uuid(String project, ResourceId id) {
        var name = project + "\n" + id.kind() + "\n" + id.name();
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(NAMESPACE);
            var hash = Arrays.copyOf(sha1.digest(name.getBytes(StandardCharsets.UTF_8)), 16);
            hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
            hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
            var hex = HexFormat.of().formatHex(hash);
            return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-1. This is a bug in this tool.", impossible);
        }
    }
}
