package dev.paddock.host.libvirt.storage;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.Set;
import org.libvirt.LibvirtException;

/**
 * Checks before the creation of a volume that it is not smaller than the volume that backs it, which libvirt accepts. A
 * plan cannot check it for an image that is not on the host yet.
 */
final class BackingSize {
    private static final Set<String> BYTES = Set.of("", "B", "b", "bytes");

    private BackingSize() {}

    static void require(WriteConnection connection, String name, Element volume) {
        var wanted = volume.child("capacity")
                .filter(capacity -> BYTES.contains(capacity.attribute("unit").orElse("")))
                .map(capacity -> capacity.text().strip())
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong);
        var path = volume.child("backingStore").flatMap(backing -> backing.childText("path"));
        if (wanted.isEmpty() || path.isEmpty()) {
            return;
        }
        var found = connection.find(() -> connection.storageVolLookupByPath(path.get()));
        if (found.isEmpty()) {
            return;
        }
        try {
            var backing = connection.call(() -> found.get().getInfo().capacity);
            if (backing > wanted.get()) {
                throw HostException.of(Diagnostic.error(
                        Code.BACKING_LARGER,
                        "The volume " + name + " has a capacity of " + wanted.get() + " bytes, and what backs it, "
                                + path.get() + ", has " + backing
                                + ". The guest would see only its beginning. It was not created.",
                        "Give it " + backing + " bytes or more, or no size: then it is as large as what backs it."));
            }
        } finally {
            try {
                found.get().free();
            } catch (LibvirtException leaked) {
                LibvirtError.take();
            }
        }
    }
}
