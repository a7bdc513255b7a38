package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that fill volumes; bound on first use. libvirt-java cannot send holes. */
public final class StreamCalls {
    private StreamCalls() {}

    static {
        ClientLibrary.bind(StreamCalls.class);
    }

    static native @Nullable public Pointer virStreamNew(Pointer connection, int flags);

    public static native int virStreamSend(Pointer stream, byte[] data, long count);

    public static native int virStreamSendHole(Pointer stream, long length, int flags);

    public static native int virStreamFinish(Pointer stream);

    public static native int virStreamAbort(Pointer stream);

    public static native int virStreamFree(Pointer stream);

    static native @Nullable public Pointer virStorageVolLookupByName(Pointer pool, String name);

    static native @Nullable public Pointer virStorageVolCreateXML(Pointer pool, String xml, int flags);

    public static native int virStorageVolDownload(Pointer volume, Pointer stream, long offset, long length, int flags);

    public static native int virStorageVolUpload(Pointer volume, Pointer stream, long offset, long length, int flags);

    public static native int virStorageVolDelete(Pointer volume, int flags);
}
