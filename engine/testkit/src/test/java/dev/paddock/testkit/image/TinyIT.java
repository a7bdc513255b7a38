package dev.paddock.testkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.guest.TinyGuest;
import dev.paddock.testkit.lab.Labs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image {@code tiny}, built, brought to a lab, and booted. */
@Timeout(300)
class TinyIT {
    private static final ResourceId NETWORK = new ResourceId("network", "tiny");

    @Test
    void itBootsAndGetsAnAddress() {
        try (var writer = new LibvirtConnector().writer(Labs.uri())) {
            writer.perform(new Action.Define(NETWORK, """
                    <network>
                      <name>tiny</name>
                      <bridge name='br-tiny'/>
                      <ip address='192.168.71.1' netmask='255.255.255.0'>
                        <dhcp><range start='192.168.71.10' end='192.168.71.20'/></dhcp>
                      </ip>
                    </network>"""));
            writer.perform(new Action.Start(NETWORK));
            try (var guest = TinyGuest.boot(
                    "tiny", "<interface type='network'><source network='tiny'/><model type='virtio'/></interface>")) {
                assertThat(guest.address()).startsWith("192.168.71.");
            } finally {
                writer.perform(new Action.Stop(NETWORK));
                writer.perform(new Action.Undefine(NETWORK));
            }
        }
    }
}
