package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that fill volumes; bound when the first is filled. libvirt-java sends no holes. */
final class StreamCalls {
    private StreamCalls() {}

    static {
        ClientLibrary.bind(StreamCalls.class);
    }

    static native @Nullable Pointer virStreamNew(Pointer connection, int flags);

    static native int virStreamSend(Pointer stream, byte[] data, long count);

    static native int virStreamSendHole(Pointer stream, long length, int flags);

    static native int virStreamFinish(Pointer stream);

    static native int virStreamAbort(Pointer stream);

    static native int virStreamFree(Pointer stream);

    static native @Nullable Pointer virStorageVolLookupByName(Pointer pool, String name);

    static native @Nullable Pointer virStorageVolCreateXML(Pointer pool, String xml, int flags);

    static native int virStorageVolDownload(Pointer volume, Pointer stream, long offset, long length, int flags);

    static native int virStorageVolUpload(Pointer volume, Pointer stream, long offset, long length, int flags);

    static native int virStorageVolDelete(Pointer volume, int flags);
}
