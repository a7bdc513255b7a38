package dev.paddock.testkit.contract;

import dev.paddock.api.host.HostConnector;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The storage of a real libvirtd, in a lab. */
class LibvirtStorageIT extends StorageContract {
    private final HostConnector connector = new LibvirtConnector();

    @TempDir
    private Path folder;

    @Override
    protected HostConnector connector() {
        return connector;
    }

    @Override
    protected String uri() {
        return Labs.uri();
    }

    @Override
    protected String folder() {
        return folder.toString();
    }
}
