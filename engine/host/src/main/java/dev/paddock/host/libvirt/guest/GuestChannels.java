package dev.paddock.host.libvirt.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.guest.AgentSession;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.LeaseMark;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.OpenFailure;
import dev.paddock.host.libvirt.connection.Workers;
import dev.paddock.host.libvirt.domain.GuestState;
import dev.paddock.host.process.Deadline;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.util.Optional;

/** Opens the channel into a guest. */
public final class GuestChannels {
    private static final String OURS = "dev.paddock.agent.";

    /** How long a busy guest may take to answer a greeting. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The first interval for checking whether one of a VM's channels is ready. */
    private static final Duration FIRST_GLANCE = Duration.ofMillis(2);

    private static final Duration LAST_GLANCE = Duration.ofMillis(50);

    /**
     * How long libvirt's information about listeners may be outdated: QEMU reports it at most once a second
     * (VSERPORT_CHANGE in monitor/monitor.c), so a VM that was just restored may listen before libvirt knows.
     */
    private static final Duration NEWS = Duration.ofMillis(1500);

    private GuestChannels() {}

    /**
     * Return a guest that is ready to run commands now.
     *
     * @throws GuestException if there is no such VM, it does not run, or nothing in it answers
     */
    public static GuestAgent open(String uri, String name) {
        return open(uri, name, Duration.ZERO);
    }

    /**
     * Return a guest that is ready to run commands, by Paddock's agent.
     *
     * @param wait how long to wait for a VM that boots
     */
    public static GuestAgent open(String uri, String name, Duration wait) {
        return open(uri, name, wait, Optional.empty());
    }

    /** Return a guest of a pool that works only for the lease, by Paddock's agent. */
    public static GuestAgent open(String uri, String name, Duration wait, Optional<LeaseMark> lease) {
        return open(uri, name, wait, lease, false);
    }

    /** Return a guest that is ready to run commands, by QEMU's agent if Paddock's does not listen. */
    public static GuestAgent openAny(String uri, String name, Duration wait) {
        return open(uri, name, wait, Optional.empty(), true);
    }

    /**
     * Disconnect all users of the channels of Paddock's agent. They see that the guest has disconnected. A VM that does
     * not run has no users.
     *
     * @throws HostException also if there is no such VM
     */
    public static void hangUp(String uri, String name) {
        try (var workers = new Workers(1)) {
            workers.within(PATIENCE, () -> {
                try (var connection = GuestConnection.open(uri, name)) {
                    if (connection.state() != GuestState.OFF) {
                        Channels.declared(connection.live()).stream()
                                .filter(channel -> channel.startsWith(OURS))
                                .forEach(connection::hangUp);
                    }
                    return true;
                }
            });
        }
    }

    private static GuestAgent open(String uri, String name, Duration wait, Optional<LeaseMark> lease, boolean any) {
        try (var workers = new Workers(1)) {
            var connection = workers.within(OpenFailure.TIMEOUT, () -> GuestConnection.open(uri, name));
            var opened = false;
            try {
                var guest = new Search(workers, connection, name, lease, any).guest(wait);
                opened = true;
                return guest;
            } finally {
                if (!opened) {
                    connection.close();
                }
            }
        } catch (HostException failure) {
            if (failure.code() == LibvirtError.NO_DOMAIN) {
                throw new GuestException(Diagnostic.error(
                        Code.NOTHING_SELECTED,
                        "The host has no guest named '" + name + "'.",
                        "See what there is with paddock show vms."));
            }
            throw failure;
        }
    }

    private record Search(
            Workers workers, GuestConnection connection, String name, Optional<LeaseMark> lease, boolean any) {
        GuestAgent guest(Duration wait) {
            if (connection.state() != GuestState.RUNNING) {
                throw new GuestException(Diagnostic.error(
                        Code.NO_WAY_IN,
                        "The guest '" + name + "' does not run.",
                        "Start it; a paused guest has to be resumed."));
            }
            var begun = Deadline.after(longer(wait, NEWS));
            for (var glance = FIRST_GLANCE; ; glance = QemuAgent.longer(glance, LAST_GLANCE)) {
                var live = connection.live();
                var channels = Channels.declared(live);
                var own = channels.stream()
                        .filter(channel -> channel.startsWith(OURS))
                        .toList();
                var hasOther = channels.contains(Channels.QEMU_AGENT);
                if (own.isEmpty() && !(any && hasOther)) {
                    throw withoutChannel(name, hasOther);
                }
                var connected = Channels.connected(live);
                var ready = own.stream().filter(connected::contains).toList();
                var unheard = ready.isEmpty() && !(any && hasOther);
                for (var channel : unheard ? own : ready) {
                    var stream = connection.channel(channel);
                    if (stream != null) {
                        var port = new ChannelPort(connection, stream);
                        return unheard ? call(port, longer(wait, NEWS)) : greet(port);
                    }
                }
                if (any && ready.isEmpty() && connected.contains(Channels.QEMU_AGENT)) {
                    return byQemu();
                }
                var waits = ready.isEmpty() && !unheard;
                var patience = waits ? longer(wait, NEWS) : PATIENCE;
                if (begun.elapsed().compareTo(patience) > 0 || !PollInterval.of(glance)) {
                    throw waits ? deaf(name) : busy(name, own.size());
                }
            }
        }

        private GuestAgent greet(ChannelPort port) {
            return greet(port, PATIENCE, silent(name));
        }

        /** Greet an agent that listens now or later: QEMU buffers the greeting until then. */
        private GuestAgent call(ChannelPort port, Duration patience) {
            return greet(port, patience, deaf(name));
        }

        private GuestAgent greet(ChannelPort port, Duration patience, GuestException otherwise) {
            try {
                return workers.within(patience, () -> AgentSession.open(port, lease));
            } catch (HostException failure) {
                port.close();
                throw failure.failure() == Failure.LOST ? otherwise : failure;
            }
        }

        private GuestAgent byQemu() {
            var agent = new QemuAgent(connection.guest(), connection::failure, QemuAgentGuest.PATIENCE);
            if (!agent.answers()) {
                throw silent(name);
            }
            return new QemuAgentGuest(connection, agent, name);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    static GuestException silent(String name) {
        return new GuestException(Diagnostic.error(
                Code.GUEST_SILENT,
                "The agent of the guest '" + name + "' does not answer.",
                "See on its console whether the guest is stuck; restart it if it is."));
    }

    private static GuestException withoutChannel(String name, boolean hasOther) {
        return new GuestException(Diagnostic.error(
                Code.NO_WAY_IN,
                "The guest '" + name + "' has no channel for "
                        + (hasOther ? "copies and terminals; QEMU's agent has neither." : "commands."),
                "Give it one, with channels: [{name: " + OURS + "0}], and an image with the agent in it."));
    }

    private static GuestException deaf(String name) {
        return new GuestException(Diagnostic.error(
                Code.NO_WAY_IN,
                "Nothing in the guest '" + name + "' listens at its channel for commands.",
                "It may still be booting: --wait 1m waits for that. Else its image lacks the agent."));
    }

    private static GuestException busy(String name, int channels) {
        return new GuestException(Diagnostic.error(
                Code.NO_WAY_IN,
                "All channels of the guest '" + name + "' are in use: " + channels + ".",
                "Wait until a command that runs in it has ended, or give it more channels: " + OURS + "0 to " + OURS
                        + "3 and on."));
    }
}
