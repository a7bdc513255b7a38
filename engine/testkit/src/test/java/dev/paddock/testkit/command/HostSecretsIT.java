package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostConnector;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Secrets of guests on real libvirt. */
class HostSecretsIT extends HostSecrets {
    private static final Lab LAB = Labs.lab("secrets");

    @BeforeAll
    static void start() throws Exception {
        LAB.start();
    }

    @AfterAll
    static void stop() throws Exception {
        LAB.stop();
    }

    @AfterEach
    void undefined() throws Exception {
        LAB.capture(List.of("virsh", "undefine", "vault"));
    }

    @Override
    HostConnector host() {
        return new LibvirtConnector();
    }

    @Override
    String uri() {
        return LAB.endpoint().uri();
    }

    @Override
    String definition() throws Exception {
        var outcome = LAB.capture(List.of("virsh", "dumpxml", "--inactive", "--security-info", "vault"));
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return ((ProcessResult.Ended) outcome).output();
    }
}
