package dev.paddock.host.libvirt.binding;

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

/** libvirt's client library, loaded once, with UTF-8 strings in any locale. */
public final class ClientLibrary {
    private static final String NAME = "libvirt.so.0";
    private static final String QEMU = "libvirt-qemu.so.0";

    private static final String SEARCH_PATH = "jna.platform.library.path";

    private ClientLibrary() {}

    static {
        // Without this, JNA runs ldconfig at every start to find the library folders, which the system's loader knows
        // anyway.
        if (System.getProperty(SEARCH_PATH) == null) {
            System.setProperty(SEARCH_PATH, "");
        }
    }

    /**
     * Let libvirt-java find the library. It uses names that only development packages provide, so it gets the folder
     * from which the library was loaded.
     */
    public static void showToLibvirtJava() {
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
     * @throws HostException with {@code UNREACHABLE} if the library is not installed
     */
    static void bind(Class<?> calls) {
        bind(calls, NAME);
    }

    /** Bind the native methods of a class to libvirt's QEMU-specific library. */
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

    /** Return the address of a function, to pass to libvirt as a callback. */
    static Pointer function(String name) {
        return open().getGlobalVariableAddress(name);
    }

    /** Return a function that not every version of the library has. */
    public static Optional<Function> find(String name) {
        try {
            return Optional.of(open().getFunction(name));
        } catch (UnsatisfiedLinkError older) {
            return Optional.empty();
        }
    }

    /**
     * Check that the library can be used.
     *
     * @throws HostException with {@code UNREACHABLE} if it is not installed, or there is no space to extract JNA's
     *     native part
     */
    public static void require() {
        try {
            open();
        } catch (LinkageError missing) {
            throw unusable(missing);
        }
    }

    private static HostException unusable(LinkageError missing) {
        // If the class failed to initialize earlier, only the cause contains the reason.
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
    public static String take(Pointer text) {
        try {
            return text.getString(0, "UTF-8");
        } finally {
            free(text);
        }
    }

    public static void free(Pointer allocated) {
        Native.free(Pointer.nativeValue(allocated));
    }
}
