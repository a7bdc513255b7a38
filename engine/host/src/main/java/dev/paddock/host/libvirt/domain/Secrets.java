package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.ReadCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of VMs with what libvirt hides from read-only connections: passwords of graphics, and cookies of disks.
 *
 * <p>Defining a VM from a document without them would delete them. So a second connection is opened, only for VMs that
 * may have any, and only for lookups and documents. If the host refuses it, documents are without secrets.
 */
public final class Secrets implements AutoCloseable {
    private static final List<String> SIGNS =
            List.of("<graphics type='vnc'", "<graphics type='spice'", "protocol='http'", "protocol='https'");
    private static final int UUID_LENGTH = 36;

    private final String uri;
    private boolean asked;
    private @Nullable Pointer connection;

    public Secrets(String uri) {
        this.uri = uri;
    }

    /** Return a document, or null on failure; the caller frees it. */
    @Nullable
    Pointer document(Pointer guest, int flags) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, flags);
        if (text == null || !mayHaveSecrets(text.getString(0, "UTF-8"))) {
            return text;
        }
        var whole = whole(guest, flags);
        if (whole == null) {
            return text;
        }
        ClientLibrary.free(text);
        return whole;
    }

    private static boolean mayHaveSecrets(String document) {
        return SIGNS.stream().anyMatch(document::contains);
    }

    private synchronized @Nullable Pointer whole(Pointer guest, int flags) {
        var opened = opened();
        if (opened == null) {
            return null;
        }
        var uuid = new byte[UUID_LENGTH + 1];
        DomainCalls.virDomainGetUUIDString(guest, uuid);
        var same = DomainCalls.virDomainLookupByUUIDString(
                opened, new String(uuid, 0, UUID_LENGTH, StandardCharsets.US_ASCII));
        if (same == null) {
            ReadCalls.virResetLastError();
            return null;
        }
        try {
            var text = DomainCalls.virDomainGetXMLDesc(same, flags | DomainReader.SECURE);
            if (text == null) {
                ReadCalls.virResetLastError();
            }
            return text;
        } finally {
            DomainCalls.virDomainFree(same);
        }
    }

    private @Nullable Pointer opened() {
        if (!asked) {
            asked = true;
            connection = DomainCalls.virConnectOpen(uri);
            if (connection == null) {
                ReadCalls.virResetLastError();
            }
        }
        return connection;
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            ReadCalls.virConnectClose(connection);
            connection = null;
        }
    }
}
