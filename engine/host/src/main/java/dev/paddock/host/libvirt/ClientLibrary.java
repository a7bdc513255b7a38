package dev.paddock.host.libvirt;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** libvirt's client library, loaded once, with UTF-8 strings whatever the locale is. */
final class ClientLibrary {
    private static final String NAME = "libvirt.so.0";
    private static final String QEMU = "libvirt-qemu.so.0";

    private static final String SEARCH_PATH = "jna.platform.library.path";

    private ClientLibrary() {}

    static {
        // Else JNA runs ldconfig to learn where libraries are, at every start; the system's loader knows that anyway.
        if (System.getProperty(SEARCH_PATH) == null) {
            System.setProperty(SEARCH_PATH, "");
        }
    }

    /**
     * Let libvirt-java find the library, which it asks for by the names that only development packages bring: it is
     * shown the folder that the library was loaded from.
     */
    static void showToLibvirtJava() {
        open();
        try (var mapped = Files.lines(Path.of("/proc/self/maps"))) {
            mapped.filter(line -> line.contains("/" + NAME))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))).getParent())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(folder -> {
                        NativeLibrary.addSearchPath("virt", folder.toString());
                        NativeLibrary.addSearchPath("virt-qemu", folder.toString());
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Bind the native methods of a class.
     *
     * @throws HostException with {@code UNREACHABLE} when the library is not installed
     */
    static void bind(Class<?> calls) {
        bind(calls, NAME);
    }

    /** Bind the native methods of a class that are in the library of what libvirt has for QEMU alone. */
    static void bindQemu(Class<?> calls) {
        bind(calls, QEMU);
    }

    private static void bind(Class<?> calls, String library) {
        try {
            Native.register(calls, open(library));
        } catch (UnsatisfiedLinkError missing) {
            throw unusable(missing);
        }
    }

    /** Return the address of a function, to be handed back to libvirt as a callback. */
    static Pointer function(String name) {
        return open().getGlobalVariableAddress(name);
    }

    /** Return a function that not every version of the library has. */
    static Optional<Function> find(String name) {
        try {
            return Optional.of(open().getFunction(name));
        } catch (UnsatisfiedLinkError older) {
            return Optional.empty();
        }
    }

    /**
     * See that the library can be used.
     *
     * @throws HostException with {@code UNREACHABLE} when it is not installed, or there is no room to unpack JNA's part
     */
    static void require() {
        try {
            open();
        } catch (LinkageError missing) {
            throw unusable(missing);
        }
    }

    private static HostException unusable(LinkageError missing) {
        // Of a class that failed to start before, there is only the cause that tells why.
        var why = missing.getCause() == null ? missing : missing.getCause();
        return new HostException(
                        Failure.UNREACHABLE,
                        0,
                        0,
                        "libvirt's client library, " + NAME + ", cannot be loaded: " + why.getMessage())
                .withAdvice("Install the package libvirt0, and see that there is room in %s."
                        .formatted(System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"))));
    }

    private static NativeLibrary open() {
        return open(NAME);
    }

    private static NativeLibrary open(String library) {
        return NativeLibrary.getInstance(library, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
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
