package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.connection.ReadableKind;
import org.jspecify.annotations.Nullable;

/** Reads VMs, or the patterns of pools: libvirt calls both domains. */
public final class DomainReader implements ReadableKind {
    /** virDomainXMLFlags: VIR_DOMAIN_XML_SECURE, VIR_DOMAIN_XML_INACTIVE. */
    public static final int SECURE = 1;

    public static final int INACTIVE = 2;

    /** virConnectListAllDomainsFlags: ACTIVE, PERSISTENT, AUTOSTART, PAUSED. */
    private static final States STATES = new States.Flags(1, 1 << 2, 1 << 10, 1 << 5);

    private final Secrets secrets;
    private final boolean patterns;

    private DomainReader(Secrets secrets, boolean patterns) {
        this.secrets = secrets;
        this.patterns = patterns;
    }

    public static DomainReader guests(Secrets secrets) {
        return new DomainReader(secrets, false);
    }

    public static DomainReader patterns(Secrets secrets) {
        return new DomainReader(secrets, true);
    }

    @Override
    public String noun() {
        return patterns ? "pool" : "guest";
    }

    @Override
    public boolean has(Element definition) {
        return PoolSpec.elementOf(definition).isPresent() == patterns;
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
