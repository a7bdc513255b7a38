package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that transfer bytes to and from guests; bound when a channel is first opened. */
public final class ChannelCalls {
    private ChannelCalls() {}

    static {
        ClientLibrary.bind(ChannelCalls.class);
    }

    static native @Nullable public Pointer virStreamNew(Pointer connection, int flags);

    public static native int virDomainOpenChannel(Pointer domain, String name, Pointer stream, int flags);

    public static native int virStreamRecv(Pointer stream, Pointer buffer, long length);

    public static native int virStreamSend(Pointer stream, Pointer bytes, long length);

    public static native int virStreamAbort(Pointer stream);

    public static native int virStreamFree(Pointer stream);
}
