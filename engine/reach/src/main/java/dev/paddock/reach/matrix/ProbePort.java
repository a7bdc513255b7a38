package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.reach.firewall.Firewall;
import java.util.Optional;

/**
 * An interface of a VM on a network.
 *
 * @param isIsolated whether it cannot reach other isolated ports
 */
public record ProbePort(
        MacAddress mac, Optional<IpAddress> four, Optional<IpAddress> six, Firewall firewall, boolean isIsolated) {

    /** Return the address of a family; absent if there is none. */
    public Optional<IpAddress> address(boolean isSix) {
        return isSix ? six : four;
    }
}
