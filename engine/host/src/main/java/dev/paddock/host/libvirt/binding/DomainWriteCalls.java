package dev.paddock.host.libvirt.binding;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that change domains; bound on first use. */
public final class DomainWriteCalls {
    private DomainWriteCalls() {}

    static {
        ClientLibrary.bind(DomainWriteCalls.class);
    }

    static native @Nullable public Pointer virDomainDefineXMLFlags(Pointer connection, String xml, int flags);

    static native @Nullable public Pointer virDomainDefineXML(Pointer connection, String xml);

    static native @Nullable public Pointer virConnectGetCapabilities(Pointer connection);

    public static native int virDomainUndefineFlags(Pointer domain, int flags);

    public static native int virDomainUndefine(Pointer domain);

    public static native int virDomainCreateWithFlags(Pointer domain, int flags);

    public static native int virDomainDestroy(Pointer domain);

    public static native int virDomainShutdown(Pointer domain);

    public static native int virDomainRename(Pointer domain, String name, int flags);

    public static native int virDomainSuspend(Pointer domain);

    public static native int virDomainResume(Pointer domain);

    public static native int virDomainSetAutostart(Pointer domain, int autostart);

    public static native int virDomainAttachDeviceFlags(Pointer domain, String xml, int flags);

    public static native int virDomainUpdateDeviceFlags(Pointer domain, String xml, int flags);

    public static native int virDomainDetachDeviceFlags(Pointer domain, String xml, int flags);

    public static native int virDomainSetMemoryFlags(Pointer domain, NativeLong kibibytes, int flags);

    public static native int virDomainSetVcpusFlags(Pointer domain, int count, int flags);

    public static native int virDomainSetMemoryStatsPeriod(Pointer domain, int seconds, int flags);

    public static native int virDomainSetBlockIoTune(
            Pointer domain, String disk, Pointer parameters, int count, int flags);

    public static native int virDomainSetMetadata(
            Pointer domain,
            int type,
            @Nullable String text,
            @Nullable String prefix,
            @Nullable String space,
            int flags);
}
