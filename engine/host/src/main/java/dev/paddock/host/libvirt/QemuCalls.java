package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What libvirt has for QEMU alone. */
final class QemuCalls {
    private QemuCalls() {}

    static {
        ClientLibrary.bindQemu(QemuCalls.class);
    }

    static native @Nullable Pointer virDomainQemuAgentCommand(Pointer domain, String command, int timeout, int flags);

    static native int virDomainQemuMonitorCommand(Pointer domain, String command, PointerByReference result, int flags);
}
