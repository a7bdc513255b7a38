package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** What libvirt has for QEMU alone. */
final class QemuCalls {
    private QemuCalls() {}

    static {
        ClientLibrary.bindQemu(QemuCalls.class);
    }

    static native int virDomainQemuMonitorCommand(Pointer domain, String command, PointerByReference result, int flags);
}
