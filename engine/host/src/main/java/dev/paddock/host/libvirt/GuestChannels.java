package dev.paddock.host.libvirt;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.xml.Element;
import dev.paddock.host.guest.AgentSession;
import dev.paddock.host.guest.Guest;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.process.Pause;
import java.time.Duration;
import java.util.List;

/** Finds the way into a guest. */
public final class GuestChannels {
    private static final String OURS = "dev.paddock.agent.";

    /** As long as a busy guest may take to answer a greeting. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How soon to look again whether one of a guest's channels is ready: at once after a restore, later while it boots. */
    private static final Duration FIRST_GLANCE = Duration.ofMillis(2);

    private static final Duration LAST_GLANCE = Duration.ofMillis(50);

    private GuestChannels() {}

    /**
     * Return a guest that is ready to run commands now.
     *
     * @throws GuestException when there is no such guest, it does not run, or nothing in it answers
     */
    public static Guest open(String uri, String name) {
        return open(uri, name, Duration.ZERO);
    }

    /**
     * Return a guest that is ready to run commands.
     *
     * @param wait how long to wait for a guest that boots
     */
    public static Guest open(String uri, String name, Duration wait) {
        try (var workers = new Workers(1)) {
            var connection = workers.within(LibvirtReader.PATIENCE_TO_OPEN, () -> GuestConnection.open(uri, name));
            var opened = false;
            try {
                var port = port(connection, name, wait);
                opened = true;
                return greet(workers, port, name);
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

    private static Guest greet(Workers workers, ChannelPort port, String name) {
        try {
            return workers.within(PATIENCE, () -> AgentSession.open(port));
        } catch (HostException failure) {
            port.close();
            if (failure.failure() != Failure.LOST) {
                throw failure;
            }
            throw new GuestException(Diagnostic.error(
                    Code.GUEST_SILENT,
                    "The agent of the guest '" + name + "' does not answer.",
                    "See on its console whether the guest is stuck; restart it if it is."));
        }
    }

    private static ChannelPort port(GuestConnection connection, String name, Duration wait) {
        if (connection.state() != GuestState.RUNNING) {
            throw new GuestException(Diagnostic.error(
                    Code.NO_WAY_IN,
                    "The guest '" + name + "' does not run.",
                    "Start it; a paused guest has to be resumed."));
        }
        var now = System.nanoTime();
        for (var glance = FIRST_GLANCE; ; glance = shorter(glance.multipliedBy(2), LAST_GLANCE)) {
            var channels = channels(connection.live());
            if (channels.isEmpty()) {
                throw new GuestException(Diagnostic.error(
                        Code.NO_WAY_IN,
                        "The guest '" + name + "' has no channel for commands.",
                        "Give it one, with channels: [{name: " + OURS + "0}], and an image with the agent in it."));
            }
            var ready = channels.stream().filter(GuestChannels::isConnected).toList();
            for (var channel : ready) {
                var stream = connection.channel(name(channel));
                if (stream != null) {
                    return new ChannelPort(connection, stream);
                }
            }
            var patience = ready.isEmpty() ? wait : PATIENCE;
            if (System.nanoTime() - now > patience.toNanos() || !Pause.of(glance)) {
                throw ready.isEmpty() ? deaf(name) : busy(name, ready.size());
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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

    private static List<Element> channels(Element live) {
        return live.child("devices").stream()
                .flatMap(devices -> devices.children("channel").stream())
                .flatMap(channel -> channel.child("target").stream())
                .filter(target -> name(target).startsWith(OURS))
                .toList();
    }

    private static String name(Element target) {
        return target.attribute("name").orElse("");
    }

    private static boolean isConnected(Element target) {
        return target.attribute("state").filter("connected"::equals).isPresent();
    }
}
