package dev.paddock.testkit.contract;

import dev.paddock.testkit.memory.MemoryHost;

/** The host in memory keeps what newer versions of libvirt keep as well. */
class DescribedMemoryHostTest extends MemoryHostTest {
    @Override
    protected MemoryHost host() {
        var host = new MemoryHost();
        host.describeNetworks();
        return host;
    }
}
