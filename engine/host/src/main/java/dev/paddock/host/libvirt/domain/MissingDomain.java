package dev.paddock.host.libvirt.domain;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.binding.LibvirtError;

/** The error for a domain that does not exist. */
public final class MissingDomain {
    private MissingDomain() {}

    public static HostException of(String name) {
        return new HostException(
                Failure.REFUSED, LibvirtError.NO_DOMAIN, 0, "There is no guest of the name \"" + name + "\".");
    }
}
