package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.machine.LibvirtMachine;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.libvirt.LibvirtException;
import org.libvirt.Network;

/** Changes virtual networks. */
public final class NetworkWriter implements WritableKind {
    /** dnsmasq's message, which libvirt passes on. */
    private static final String LISTENS = "Address already in use";

    private final LibvirtMachine machine;

    public NetworkWriter(LibvirtMachine machine) {
        this.machine = machine;
    }

    @Override
    public void define(WriteConnection connection, Action.Define define) {
        NetworkDefiner.perform(connection, define);
    }

    @Override
    public void undefine(WriteConnection connection, String name) {
        with(connection, name, network -> {
            // A transient network has no definition to remove, and libvirt refuses to try.
            if (connection.call(network::isPersistent) == 1) {
                attempt(connection, network::undefine, () -> isGone(connection, name));
            }
        });
    }

    @Override
    public void start(WriteConnection connection, String name) {
        var found = with(connection, name, network -> {
            if (connection.call(network::isActive) == 0) {
                BridgeOwnership.requireFree(connection, machine, network);
                attempt(
                        connection,
                        network::create,
                        () -> connection.call(network::isActive) == 1,
                        error -> leftOver(connection, network, error));
            }
        });
        requireFound(found, name);
    }

    @Override
    public void stop(WriteConnection connection, String name) {
        with(connection, name, network -> {
            if (connection.call(network::isActive) == 1) {
                attempt(
                        connection,
                        network::destroy,
                        () -> isGone(connection, name) || connection.call(network::isActive) == 0);
            }
        });
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        var found = with(
                connection,
                name,
                network -> connection.call(() -> {
                    network.setAutostart(enabled);
                    return enabled;
                }));
        requireFound(found, name);
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        NetworkUpdater.perform(connection, update);
    }

    @Override
    public void setMetadata(WriteConnection connection, Action.SetMetadata metadata) {
        var name = metadata.target().name();
        var network = handle(connection, name).orElseThrow(() -> missing(name));
        try {
            NetworkMetadata.set(connection, network, metadata);
        } finally {
            ReadCalls.virNetworkFree(network);
        }
    }

    @Override
    public void replug(WriteConnection connection, String name, ProgressListener progress) {
        InterfaceReplugger.perform(connection, machine, name, progress);
    }

    /** Apply an operation to a network; false if it does not exist. */
    private static boolean with(WriteConnection connection, String name, Consumer<Network> use) {
        var network = connection.find(() -> connection.networkLookupByName(name));
        network.ifPresent(found -> {
            try {
                use.accept(found);
            } finally {
                free(found);
            }
        });
        return network.isPresent();
    }

    /** Return a network's handle for direct calls; the caller frees it. */
    static Optional<Pointer> handle(WriteConnection connection, String name) {
        var handle = ReadCalls.virNetworkLookupByName(connection.pointer(), name);
        if (handle != null) {
            return Optional.of(handle);
        }
        var error = LibvirtError.take();
        if (error.isAbsence()) {
            return Optional.empty();
        }
        throw connection.failure(error);
    }

    static HostException missing(String name) {
        return new HostException(
                Failure.REFUSED, LibvirtError.NO_NETWORK, 0, "There is no network of the name \"" + name + "\".");
    }

    private static void requireFound(boolean found, String name) {
        if (!found) {
            throw missing(name);
        }
    }

    /**
     * libvirt creates the bridge before it records that the network is active, so if libvirtd is killed in between
     * (networkStartNetwork, src/network/bridge_driver.c), a bridge without a network is left. If that already has its
     * address, libvirt reports a conflict with its route (networkCheckRouteCollision,
     * src/network/bridge_driver_linux.c). A left-over dnsmasq listens at the address even without the bridge.
     */
    private static Optional<String> leftOver(WriteConnection connection, Network network, LibvirtError error) {
        var bridge = connection.call(network::getBridgeName);
        var isRouted = error.code() == LibvirtError.INTERNAL_ERROR
                && error.message().endsWith(" in use by interface " + bridge);
        if (error.code() == LibvirtError.INTERNAL_ERROR && error.message().contains(LISTENS)) {
            return Optional.of("""
                    Something listens at its address already. If it is a dnsmasq of its own, which a libvirtd that is killed \
                    leaves, end it with `pkill -F /run/libvirt/network/%s.pid` on the host, and apply again.""".formatted(connection.call(network::getName)));
        }
        return error.isInTheWay() || isRouted ? Optional.of(BridgeOwnership.wayOut(bridge)) : Optional.empty();
    }

    private static void attempt(WriteConnection connection, Attempt attempt, Check done) {
        attempt(connection, attempt, done, error -> Optional.empty());
    }

    /** Make a call. A failure is ignored if another client has done the same first. */
    private static void attempt(
            WriteConnection connection, Attempt attempt, Check done, Function<LibvirtError, Optional<String>> advice) {
        try {
            attempt.make();
        } catch (LibvirtException failed) {
            var error = LibvirtError.take();
            var failure = connection.failure(error);
            if (failure.failure() == Failure.LOST || !done.holds()) {
                throw advice.apply(error).map(failure::withAdvice).orElse(failure);
            }
        }
    }

    private static boolean isGone(WriteConnection connection, String name) {
        return !with(connection, name, network -> {});
    }

    private static void free(Network network) {
        try {
            network.free();
        } catch (LibvirtException leaked) {
            LibvirtError.take();
        }
    }

    private interface Attempt {
        void make() throws LibvirtException;
    }

    private interface Check {
        boolean holds();
    }
}
