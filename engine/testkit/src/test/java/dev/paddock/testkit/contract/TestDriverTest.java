package dev.paddock.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.host.libvirt.LibvirtConnector;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

/** libvirt's test driver, within this process: it takes no more than the client library. */
class TestDriverTest extends HostContract {
    private static final String URI = "test:///default";

    private final HostConnector connector = new LibvirtConnector();

    @BeforeAll
    static void requireLibrary() {
        try {
            new LibvirtConnector().reader(URI).close();
        } catch (HostException missing) {
            assumeTrue(false, "libvirt's client library (package libvirt0) is missing: " + missing.reason());
        }
    }

    @Override
    protected HostConnector connector() {
        return connector;
    }

    @Override
    protected String uri() {
        return URI;
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.VALIDATION);
    }
}
