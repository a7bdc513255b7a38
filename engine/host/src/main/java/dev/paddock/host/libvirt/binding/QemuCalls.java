package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** libvirt's QEMU-specific calls. */
public final class QemuCalls {
    private QemuCalls() {}

    static {
        ClientLibrary.bindQemu(QemuCalls.class);
    }

    static native @Nullable public Pointer virDomainQemuAgentCommand(
            Pointer domain, String command, int timeout, int flags);

    public static native int virDomainQemuMonitorCommand(
            Pointer domain, String command, PointerByReference result, int flags);
}
