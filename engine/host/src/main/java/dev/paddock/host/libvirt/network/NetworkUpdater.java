package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Scope;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.WriteCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.List;

/** Changes a part of a network by virNetworkUpdate, unless it is already so. */
public final class NetworkUpdater {
    private NetworkUpdater() {}

    static void perform(WriteConnection connection, Action.UpdateNetwork update) {
        var network = NetworkWriter.handle(connection, update.target().name())
                .orElseThrow(() -> NetworkWriter.missing(update.target().name()));
        try {
            perform(connection, network, update);
        } finally {
            ReadCalls.virNetworkFree(network);
        }
    }

    /**
     * Check first: libvirt refuses an addition that exists, and a removal of a missing host may delete another one,
     * because libvirt finds a DNS host by any of its names.
     */
    private static void perform(WriteConnection connection, Pointer network, Action.UpdateNetwork update) {
        var flags = missing(connection, network, update);
        if (flags == 0) {
            return;
        }
        var result = WriteCalls.virNetworkUpdate(
                network,
                update.command().number(),
                update.section().number(),
                update.parentIndex(),
                update.xml(),
                flags);
        if (result < 0) {
            var failure = connection.failure();
            if (isReplaceable(update) && failure.failure() == Failure.UNSUPPORTED) {
                replace(connection, network, update);
                return;
            }
            if (failure.failure() == Failure.LOST || missing(connection, network, update) != 0) {
                throw failure;
            }
        }
    }

    /** Some versions of libvirt modify DNS hosts in place, others only support adding and deleting. */
    private static boolean isReplaceable(Action.UpdateNetwork update) {
        return update.command() == Command.MODIFY && update.section() == Section.DNS_HOST;
    }

    /** Delete the old one by its address only, because its names might match other hosts as well. */
    private static void replace(WriteConnection connection, Pointer network, Action.UpdateNetwork update) {
        var host = parsed(update.xml());
        perform(connection, network, update.with(Command.DELETE, XmlWriter.write(host.withChildren(List.of()))));
        perform(connection, network, update.with(Command.ADD_LAST, update.xml()));
    }

    /** Return the flags of the requested documents that are not up to date yet. */
    private static int missing(WriteConnection connection, Pointer network, Action.UpdateNetwork update) {
        return missing(connection, network, update, Scope.LIVE)
                | missing(connection, network, update, Scope.DEFINITION);
    }

    private static int missing(WriteConnection connection, Pointer network, Action.UpdateNetwork update, Scope one) {
        var asked = (update.scope().flags() & one.flags()) != 0;
        if (!asked) {
            return 0;
        }
        if (update.command() == Command.MODIFY) {
            return one.flags();
        }
        var document = document(connection, network, one == Scope.LIVE ? 0 : NetworkReader.INACTIVE);
        var part = NormalizedSection.of(parsed(update.xml()));
        var parts = NormalizedSection.of(document, update.section());
        var done =
                switch (update.command()) {
                    case ADD_FIRST, ADD_LAST -> parts.contains(part);
                    case DELETE -> parts.stream().noneMatch(each -> each.covers(part));
                    case MODIFY -> false;
                };
        return done ? 0 : one.flags();
    }

    static Element document(WriteConnection connection, Pointer network, int flags) {
        var text = NetworkReader.document(network, flags);
        if (text == null) {
            throw connection.failure();
        }
        return parsed(ClientLibrary.take(text));
    }

    public static Element parsed(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new HostException(Failure.REFUSED, 0, 0, "Not well-formed: " + malformed.getMessage());
        }
    }
}
