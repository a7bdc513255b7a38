package dev.paddock.host.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.util.Map;

/** libvirt's client library, loaded once, with UTF-8 strings whatever the locale is. */
final class ClientLibrary {
    private static final String NAME = "libvirt.so.0";

    private ClientLibrary() {}

    /**
     * Bind the native methods of a class.
     *
     * @throws HostException with {@code UNREACHABLE} when the library is not installed
     */
    static void bind(Class<?> calls) {
        try {
            Native.register(calls, open());
        } catch (UnsatisfiedLinkError missing) {
            throw new HostException(
                    Failure.UNREACHABLE,
                    0,
                    0,
                    "libvirt's client library, " + NAME + ", cannot be loaded: " + missing.getMessage());
        }
    }

    /** Return the address of a function, to be handed back to libvirt as a callback. */
    static Pointer function(String name) {
        return open().getGlobalVariableAddress(name);
    }

    private static NativeLibrary open() {
        return NativeLibrary.getInstance(NAME, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    }

    /** Return the text of a string that the library allocated, and free it. */
    static String take(Pointer text) {
        try {
            return text.getString(0, "UTF-8");
        } finally {
            free(text);
        }
    }

    static void free(Pointer allocated) {
        Native.free(Pointer.nativeValue(allocated));
    }
}
