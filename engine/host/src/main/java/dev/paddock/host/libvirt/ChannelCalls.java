package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that move bytes to and from guests; bound when a channel is first opened. */
final class ChannelCalls {
    private ChannelCalls() {}

    static {
        ClientLibrary.bind(ChannelCalls.class);
    }

    static native @Nullable Pointer virStreamNew(Pointer connection, int flags);

    static native int virDomainOpenChannel(Pointer domain, String name, Pointer stream, int flags);

    static native int virStreamRecv(Pointer stream, Pointer buffer, long length);

    static native int virStreamSend(Pointer stream, Pointer bytes, long length);

    static native int virStreamAbort(Pointer stream);

    static native int virStreamFree(Pointer stream);
}
