package dev.paddock.host.libvirt.guest;

import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.stream.Stream;

/** The channels of a running guest. */
final class Channels {
    /** The channel of QEMU's own guest agent. */
    static final String QEMU_AGENT = "org.qemu.guest_agent.0";

    /** The channel of the agent in Paddock's own images. */
    static final String OWN_AGENT = "dev.paddock.agent.0";

    private Channels() {}

    /** Return the names of all channels. */
    static List<String> declared(Element live) {
        return targets(live)
                .flatMap(target -> target.attribute("name").stream())
                .toList();
    }

    /** Return the names of the channels that a program in the guest has opened. */
    static List<String> connected(Element live) {
        return targets(live)
                .filter(target ->
                        target.attribute("state").filter("connected"::equals).isPresent())
                .flatMap(target -> target.attribute("name").stream())
                .toList();
    }

    private static Stream<Element> targets(Element live) {
        return live.children("devices").stream()
                .flatMap(devices -> devices.children("channel").stream())
                .flatMap(channel -> channel.child("target").stream());
    }
}
