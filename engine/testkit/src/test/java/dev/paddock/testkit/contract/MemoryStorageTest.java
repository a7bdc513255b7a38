package dev.paddock.testkit.contract;

import dev.paddock.api.host.HostConnector;
import dev.paddock.testkit.memory.MemoryHost;

/** The host in memory keeps what libvirt keeps of storage. */
class MemoryStorageTest extends StorageContract {
    private final MemoryHost host = new MemoryHost();

    @Override
    protected HostConnector connector() {
        return host;
    }

    @Override
    protected String uri() {
        return "memory:///";
    }

    @Override
    protected String folder() {
        return "/srv";
    }
}
