package dev.paddock.host.validate;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/** libxml2, a dependency of libvirt's client library, so it is installed wherever libvirt is. */
final class Libxml {
    static final String NAME = "libxml2.so.2";

    private Libxml() {}

    /** Return whether it can be called. */
    static boolean isThere() {
        try {
            LibxmlCalls.xmlInitParser();
            return true;
        } catch (LinkageError missing) {
            return false;
        }
    }

    static void bind(Class<?> calls) {
        Native.register(calls, NativeLibrary.getInstance(NAME, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
    }
}
