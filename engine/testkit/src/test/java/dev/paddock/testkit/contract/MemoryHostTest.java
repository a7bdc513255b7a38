package dev.paddock.testkit.contract;

import dev.paddock.api.host.HostConnector;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;

/** The host in memory keeps what libvirt keeps. */
class MemoryHostTest extends HostContract {
    private final MemoryHost host = host();

    protected MemoryHost host() {
        return new MemoryHost();
    }

    @Override
    protected HostConnector connector() {
        return host;
    }

    @Override
    protected String uri() {
        return "memory:///";
    }

    @Override
    protected Set<Ability> abilities() {
        var abilities = EnumSet.allOf(Ability.class);
        if (!Files.isDirectory(LibvirtSchemas.INSTALLED)) {
            abilities.remove(Ability.VALIDATION);
        }
        return abilities;
    }
}
