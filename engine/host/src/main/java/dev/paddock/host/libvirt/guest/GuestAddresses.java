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

/** Asks libvirt for the addresses of a guest. */
final class GuestAddresses {
    /** Where virDomainInterface keeps its fields on a 64 bit machine: two strings, unsigned int, pointer. */
    private static final long NAME = 0;

    private static final long HARDWARE = 8;
    private static final long COUNT = 16;
    private static final long ADDRESSES = 24;

    /** Where virDomainIPAddress keeps its fields: int, string, unsigned int; and how long it is. */
    private static final long ADDRESS = 8;

    private static final long PREFIX = 16;
    private static final long LENGTH = 24;

    private GuestAddresses() {}

    /**
     * Return the addresses that one source tells; none where it has none to tell, or cannot be asked.
     *
     * <p>Whether the connection is lost is left to the caller to find out.
     */
    static List<GuestAddress> of(Pointer guest, GuestAddress.Source source) {
        var array = new PointerByReference();
        var count = GuestCalls.virDomainInterfaceAddresses(guest, array, source.number(), 0);
        if (count < 0) {
            // No lease, no agent, a driver without the call: to whoever asks it is all the same.
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
