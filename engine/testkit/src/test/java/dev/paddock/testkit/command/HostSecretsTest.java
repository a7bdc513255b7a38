package dev.paddock.testkit.command;

import dev.paddock.api.host.HostConnector;
import dev.paddock.testkit.memory.MemoryHost;

/** Secrets of guests on a host in memory. */
class HostSecretsTest extends HostSecrets {
    private final MemoryHost host = new MemoryHost();

    @Override
    HostConnector host() {
        return host;
    }

    @Override
    String uri() {
        return "qemu:///system";
    }

    @Override
    String definition() {
        return host.objects("vm").toString();
    }
}
