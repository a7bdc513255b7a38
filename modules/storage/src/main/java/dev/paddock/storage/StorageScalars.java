package dev.paddock.storage;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.schema.Types;
import java.util.Map;
import java.util.Optional;

/** The scalars of storage pools and volumes. Their patterns follow libvirt's schema. */
public final class StorageScalars {
    public static final ScalarType PATH = Types.pattern("an absolute path", "/.*", "/var/lib/libvirt/images");
    static final ScalarType MODE = Types.pattern("a mode in octal digits", "[0-7]{3,4}", "0711");
    static final ScalarType ID = Types.integer("the number of a user or group", 0, 4_294_967_294L);
    static final ScalarType PORT = Types.integer("a port number", 1, 65535);
    static final ScalarType WWN = Types.pattern("a world wide name", "(0x)?[0-9a-fA-F]{16}", "20000000c9831b4b");
    static final ScalarType NUMBER = Types.pattern("a number", "0x[0-9a-fA-F]{1,6}|[0-9]{1,8}", "0x1f");
    static final ScalarType COUNT = Types.integer("a whole number", 0, Integer.MAX_VALUE);

    private StorageScalars() {}

    /** Return the short form of a mapping that stands for one of its keys. */
    public static Shorthand only(String key, String example, String pattern) {
        return new Shorthand(
                example,
                "^(" + pattern + ")$",
                text -> text.matches(pattern) ? Optional.of(Map.of(key, text)) : Optional.empty());
    }
}
