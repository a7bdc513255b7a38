package dev.paddock.host.packages;

import java.util.List;

/**
 * Something that must be installed for a purpose.
 *
 * @param reason what it is needed for, as the rest of "needed ...": "for DHCP and DNS on networks"
 * @param packages packages that may contain it; the first that a Debian release has is the right one
 */
public record PackageNeed(PackagePresence presence, String reason, List<String> packages) {
    public PackageNeed {
        packages = List.copyOf(packages);
    }

    static PackageNeed command(String name, String reason, String... packages) {
        return new PackageNeed(new PackagePresence.Command(name), reason, List.of(packages));
    }

    /** Return a need for one of libvirtd's drivers, which are separate packages since Debian 13. */
    static PackageNeed driver(String name, String reason, String... packages) {
        return new PackageNeed(
                new PackagePresence.Library("libvirt/connection-driver/libvirt_driver_" + name + ".so"),
                reason,
                List.of(packages));
    }
}
