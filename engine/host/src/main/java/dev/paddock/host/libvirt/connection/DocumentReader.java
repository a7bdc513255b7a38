package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the documents of listed objects, one object at a time. */
final class DocumentReader {
    private DocumentReader() {}

    /**
     * Read one object.
     *
     * @param handle of this connection
     * @throws dev.paddock.api.host.HostException if the connection is lost; other errors are returned for this object
     */
    static Observed of(ReadableKind kind, ReadConnection connection, Listed object, Pointer handle) {
        try {
            var defined = parsed(connection, kind.definition(handle));
            var live = object.active() && kind.states() instanceof ReadableKind.States.Flags
                    ? Optional.of(parsed(connection, kind.live(handle)))
                    : Optional.<Element>empty();
            return new Observed.Present(
                            object.uuid(), defined, live, object.active(), object.persistent(), object.autostart())
                    .withPaused(object.paused())
                    .withDescribable(object.active() && kind.isDescribable(connection, handle));
        } catch (Refusal refusal) {
            if (refusal.error.isAbsence()) {
                return new Observed.Absent();
            }
            return unreadable(kind, object, refusal.error.message());
        } catch (XmlException malformed) {
            return unreadable(kind, object, "its document is not well-formed: " + malformed.getMessage());
        }
    }

    private static Element parsed(ReadConnection connection, @Nullable Pointer text) throws Refusal, XmlException {
        if (text == null) {
            var error = LibvirtError.take();
            if (!connection.isAlive()) {
                throw error.whenLost();
            }
            throw new Refusal(error);
        }
        return XmlReader.read(ClientLibrary.take(text));
    }

    private static Observed unreadable(ReadableKind kind, Listed object, String reason) {
        return new Observed.Unreadable(Diagnostic.error(
                Code.CANNOT_READ,
                "The " + kind.noun() + " \"" + object.name() + "\" is there, but cannot be read: " + reason,
                "Look at it with virsh, and at libvirt's log on the host; then run again."));
    }

    /** The connection works, but this object cannot be read. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient LibvirtError error;

        Refusal(LibvirtError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }
    }
}
