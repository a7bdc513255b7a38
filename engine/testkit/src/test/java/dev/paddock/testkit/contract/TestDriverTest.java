package dev.paddock.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.host.libvirt.LibvirtConnector;
import java.util.Set;

/** libvirt's test driver, within this process: it takes no more than the client library. */
class TestDriverTest extends HostContract {
    private static final String URI = "test:///default";

    private static final String MISSING = missing();

    private final HostConnector connector = new LibvirtConnector();

    @Override
    protected HostConnector connector() {
        return connector;
    }

    @Override
    protected String uri() {
        assumeTrue(MISSING.isEmpty(), MISSING);
        return URI;
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.VALIDATION);
    }

    /** Return what is missing for these tests, empty when nothing is. */
    private static String missing() {
        try (var reader = new LibvirtConnector().reader(URI)) {
            return reader.info().hypervisor().isEmpty() ? "libvirt's test driver does not answer." : "";
        } catch (HostException missing) {
            return "libvirt's client library (package libvirt0) is missing: " + missing.reason();
        }
    }
}
