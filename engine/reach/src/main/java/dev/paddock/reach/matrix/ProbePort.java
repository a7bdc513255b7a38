package dev.paddock.reach.matrix;

import dev.paddock.reach.firewall.Firewall;
import dev.paddock.reach.packet.IpAddress;
import dev.paddock.reach.packet.MacAddress;
import java.util.Optional;

/**
 * An interface of a guest on a network.
 *
 * @param isIsolated whether it reaches no other port that is isolated as well
 */
public record ProbePort(
        MacAddress mac, Optional<IpAddress> four, Optional<IpAddress> six, Firewall firewall, boolean isIsolated) {

    /** Return its address of a family. */
    public Optional<IpAddress> address(boolean isSix) {
        return isSix ? six : four;
    }
}
