package dev.paddock.host.packages;

import java.util.List;

/**
 * Something that has to be installed for a purpose.
 *
 * @param reason what it is needed for, as the rest of "needed ...": "for DHCP and DNS on networks"
 * @param packages the packages that may hold it, the first that a release of Debian has is the right one
 */
public record Need(Presence presence, String reason, List<String> packages) {
    public Need {
        packages = List.copyOf(packages);
    }

    static Need command(String name, String reason, String... packages) {
        return new Need(new Presence.Command(name), reason, List.of(packages));
    }

    /** Return a need of one of libvirtd's drivers, which Debian 13 split into packages of their own. */
    static Need driver(String name, String reason, String... packages) {
        return new Need(
                new Presence.Library("libvirt/connection-driver/libvirt_driver_" + name + ".so"),
                reason,
                List.of(packages));
    }
}
