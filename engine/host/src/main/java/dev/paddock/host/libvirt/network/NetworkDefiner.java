package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.WriteCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Defines networks, each with its own bridge.
 *
 * <p>If no bridge is declared, libvirt takes the lowest free name, but adds the network to its list only later, without
 * a lock over both (networkDefineXMLFlags and networkFindUnusedBridgeName in libvirt's network/bridge_driver.c). So
 * networks that are defined concurrently may get the same bridge: one of them starts, and the others never do. This
 * program therefore defines one network of a host at a time. To guard against other programs, it checks the networks
 * that were added meanwhile, and chooses another bridge on a conflict.
 */
public final class NetworkDefiner {
    /** virNetworkDefineFlags: VIR_NETWORK_DEFINE_VALIDATE. */
    private static final int VALIDATE = 1;

    private static final int ALL = 0;
    private static final int UUID_LENGTH = 36;
    private static final int TRIES = 10;

    private static final Map<String, Lock> TURNS = new ConcurrentHashMap<>();

    private final WriteConnection connection;
    private final boolean validate;

    private NetworkDefiner(WriteConnection connection, boolean validate) {
        this.connection = connection;
        this.validate = validate;
    }

    static void perform(WriteConnection connection, Action.Define define) {
        var turn = TURNS.computeIfAbsent(connection.uri(), uri -> new ReentrantLock());
        turn.lock();
        try {
            performBesideOthers(connection, define);
        } finally {
            turn.unlock();
        }
    }

    /** Define a network while other programs may define networks as well. */
    public static void performBesideOthers(WriteConnection connection, Action.Define define) {
        new NetworkDefiner(connection, define.validate()).perform(define.xml());
    }

    private void perform(String xml) {
        var document = NetworkUpdater.parsed(xml);
        if (!BridgeName.isChosen(document)) {
            define(xml);
            return;
        }
        var before = uuids();
        var own = define(xml);
        var known = document.withChild(Element.of("uuid").withText(own));
        for (var tries = TRIES; sharesItsBridge(own, before); tries--) {
            try {
                var taken = bridges(Set.of()).values();
                define(XmlWriter.write(BridgeName.with(known, taken, ThreadLocalRandom.current())));
            } catch (HostException refused) {
                // Another program may have taken that name as well.
                if (refused.failure() != Failure.REFUSED || tries == 0) {
                    throw refused;
                }
            }
        }
    }

    /** Only networks added meanwhile can have the same bridge: libvirt checked all others. */
    private boolean sharesItsBridge(String own, Set<String> before) {
        var came = bridges(before);
        var bridge = came.remove(own);
        return bridge != null && came.containsValue(bridge);
    }

    /** Define a network, and return its UUID. */
    private String define(String xml) {
        var network = connection.validates()
                ? WriteCalls.virNetworkDefineXMLFlags(connection.pointer(), xml, validate ? VALIDATE : 0)
                : WriteCalls.virNetworkDefineXML(connection.pointer(), xml);
        if (network == null) {
            var error = LibvirtError.take();
            throw error.whenDefining(connection.failure(error));
        }
        try {
            return uuid(network);
        } finally {
            ReadCalls.virNetworkFree(network);
        }
    }

    private Set<String> uuids() {
        Set<String> uuids = new HashSet<>();
        each(network -> uuids.add(uuid(network)));
        return uuids;
    }

    /** Return the bridges of all networks except some, by UUID. */
    private Map<String, String> bridges(Set<String> except) {
        Map<String, String> bridges = new HashMap<>();
        each(network -> {
            var uuid = uuid(network);
            if (!except.contains(uuid)) {
                bridge(network).ifPresent(bridge -> bridges.put(uuid, bridge));
            }
        });
        return bridges;
    }

    /** Return the bridge; absent also if the network has disappeared meanwhile. */
    private static Optional<String> bridge(Pointer network) {
        var name = ReadCalls.virNetworkGetBridgeName(network);
        if (name == null) {
            LibvirtError.take();
            return Optional.empty();
        }
        return Optional.of(ClientLibrary.take(name));
    }

    private void each(Consumer<Pointer> use) {
        var array = new PointerByReference();
        var count = ReadCalls.virConnectListAllNetworks(connection.pointer(), array, ALL);
        if (count < 0) {
            throw connection.failure();
        }
        var networks = array.getValue().getPointerArray(0, count);
        ClientLibrary.free(array.getValue());
        for (var network : networks) {
            use.accept(network);
            ReadCalls.virNetworkFree(network);
        }
    }

    private static String uuid(Pointer network) {
        var uuid = new byte[UUID_LENGTH + 1];
        ReadCalls.virNetworkGetUUIDString(network, uuid);
        return new String(uuid, 0, UUID_LENGTH, StandardCharsets.US_ASCII);
    }
}
