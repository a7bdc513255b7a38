package dev.paddock.nwfilter.reach;

import dev.paddock.nwfilter.firewall.Firewall;
import dev.paddock.nwfilter.packet.IpAddress;
import dev.paddock.nwfilter.packet.MacAddress;
import java.util.Optional;

/**
 * An interface of a guest on a network.
 *
 * @param isIsolated whether it reaches no other port that is isolated as well
 */
public record Port(
        MacAddress mac, Optional<IpAddress> four, Optional<IpAddress> six, Firewall firewall, boolean isIsolated) {

    /** Return its address of a family. */
    public Optional<IpAddress> address(boolean isSix) {
        return isSix ? six : four;
    }
}
