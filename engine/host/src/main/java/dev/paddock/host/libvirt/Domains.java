package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** Reads guests. */
final class Domains implements ReadableKind {
    /** virDomainXMLFlags: VIR_DOMAIN_XML_SECURE, VIR_DOMAIN_XML_INACTIVE. */
    static final int SECURE = 1;

    static final int INACTIVE = 2;

    /** virConnectListAllDomainsFlags: ACTIVE, PERSISTENT, AUTOSTART, PAUSED. */
    private static final States STATES = new States.Flags(1, 1 << 2, 1 << 10, 1 << 5);

    private final Secrets secrets;

    Domains(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String noun() {
        return "guest";
    }

    @Override
    public States states() {
        return STATES;
    }

    @Override
    public int list(Pointer connection, PointerByReference handles, int flags) {
        return DomainCalls.virConnectListAllDomains(connection, handles, flags);
    }

    @Override
    public Pointer name(Pointer handle) {
        return DomainCalls.virDomainGetName(handle);
    }

    @Override
    public int uuid(Pointer handle, byte[] uuid) {
        return DomainCalls.virDomainGetUUIDString(handle, uuid);
    }

    @Override
    public @Nullable Pointer definition(Pointer handle) {
        return secrets.document(handle, INACTIVE);
    }

    @Override
    public @Nullable Pointer live(Pointer handle) {
        return secrets.document(handle, 0);
    }

    @Override
    public void free(Pointer handle) {
        DomainCalls.virDomainFree(handle);
    }
}
