package dev.paddock.testkit.contract;

import dev.paddock.api.host.HostConnector;
import dev.paddock.host.libvirt.LibvirtConnector;
import java.util.EnumSet;
import java.util.Set;

/** A real libvirtd: that of a lab, or at the URI that is given to the tests. */
class LibvirtdIT extends HostContract {
    private final HostConnector connector = new LibvirtConnector();

    @Override
    protected HostConnector connector() {
        return connector;
    }

    @Override
    protected String uri() {
        return TestUri.get();
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }
}
