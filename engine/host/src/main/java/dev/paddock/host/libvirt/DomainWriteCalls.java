package dev.paddock.host.libvirt;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that change guests; bound when one is first changed. */
final class DomainWriteCalls {
    private DomainWriteCalls() {}

    static {
        ClientLibrary.bind(DomainWriteCalls.class);
    }

    static native @Nullable Pointer virDomainDefineXMLFlags(Pointer connection, String xml, int flags);

    static native @Nullable Pointer virDomainDefineXML(Pointer connection, String xml);

    static native @Nullable Pointer virConnectGetCapabilities(Pointer connection);

    static native int virDomainUndefineFlags(Pointer domain, int flags);

    static native int virDomainUndefine(Pointer domain);

    static native int virDomainCreateWithFlags(Pointer domain, int flags);

    static native int virDomainDestroy(Pointer domain);

    static native int virDomainShutdown(Pointer domain);

    static native int virDomainSuspend(Pointer domain);

    static native int virDomainResume(Pointer domain);

    static native int virDomainSetAutostart(Pointer domain, int autostart);

    static native int virDomainAttachDeviceFlags(Pointer domain, String xml, int flags);

    static native int virDomainUpdateDeviceFlags(Pointer domain, String xml, int flags);

    static native int virDomainDetachDeviceFlags(Pointer domain, String xml, int flags);

    static native int virDomainSetMemoryFlags(Pointer domain, NativeLong kibibytes, int flags);

    static native int virDomainSetVcpusFlags(Pointer domain, int count, int flags);

    static native int virDomainSetMemoryStatsPeriod(Pointer domain, int seconds, int flags);

    static native int virDomainSetBlockIoTune(Pointer domain, String disk, Pointer parameters, int count, int flags);

    static native int virDomainSetMetadata(
            Pointer domain,
            int type,
            @Nullable String text,
            @Nullable String prefix,
            @Nullable String space,
            int flags);
}
