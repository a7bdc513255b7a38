package dev.paddock.host.libvirt.guest;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.GuestAddress;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.GuestCalls;
import dev.paddock.host.libvirt.binding.ReadCalls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks libvirt for the addresses of a VM. */
final class GuestAddresses {
    /** Offsets of the fields of virDomainInterface on a 64-bit machine: two strings, unsigned int, pointer. */
    private static final long NAME = 0;

    private static final long HARDWARE = 8;
    private static final long COUNT = 16;
    private static final long ADDRESSES = 24;

    /** Offsets of the fields of virDomainIPAddress (int, string, unsigned int), and its size. */
    private static final long ADDRESS = 8;

    private static final long PREFIX = 16;
    private static final long LENGTH = 24;

    private GuestAddresses() {}

    /**
     * Return the addresses reported by one source; empty if it has none or cannot be asked.
     *
     * <p>The caller has to check whether the connection is lost.
     */
    static List<GuestAddress> of(Pointer guest, GuestAddress.Source source) {
        var array = new PointerByReference();
        var count = GuestCalls.virDomainInterfaceAddresses(guest, array, source.number(), 0);
        if (count < 0) {
            // No lease, no agent, a driver without the call: all the same to the caller.
            ReadCalls.virResetLastError();
            return List.of();
        }
        List<GuestAddress> addresses = new ArrayList<>();
        if (array.getValue() != null) {
            for (var one : array.getValue().getPointerArray(0, count)) {
                read(one, source, addresses);
                GuestCalls.virDomainInterfaceFree(one);
            }
            ClientLibrary.free(array.getValue());
        }
        return addresses;
    }

    private static void read(Pointer one, GuestAddress.Source source, List<GuestAddress> addresses) {
        var name = text(one.getPointer(NAME));
        var hardware = text(one.getPointer(HARDWARE));
        for (var i = 0; i < one.getInt(COUNT); i++) {
            var at = one.getPointer(ADDRESSES).share(i * LENGTH);
            addresses.add(new GuestAddress(name, hardware, text(at.getPointer(ADDRESS)), at.getInt(PREFIX), source));
        }
    }

    private static String text(@Nullable Pointer string) {
        return string == null ? "" : string.getString(0, "UTF-8");
    }
}
