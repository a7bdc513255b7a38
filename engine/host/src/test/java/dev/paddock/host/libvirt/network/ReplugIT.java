package dev.paddock.host.libvirt.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarting a network under running guests, on a real libvirtd. */
@SuppressWarnings("NullAway.Init") // The lab is started before all tests, and the connections are opened before each.
class ReplugIT {
    private static final ResourceId NET = new ResourceId("network", "contract-replug");
    private static final ResourceId FILTER = new ResourceId("nwfilter", "contract-replug");
    private static final String BRIDGE = "contractrp0";
    private static final String ON_NETWORK = """
            <interface type='network'>
              <mac address='52:54:00:00:07:01'/>
              <source network='contract-replug' portgroup='slow'/>
              <model type='virtio'/>
              <filterref filter='contract-replug'><parameter name='IP' value='10.213.9.5'/></filterref>
            </interface>""";
    private static final String ON_BRIDGE = """
            <interface type='bridge'>
              <mac address='52:54:00:00:07:02'/>
              <source bridge='contractrp0'/>
              <model type='e1000'/>
            </interface>""";

    @TempDir
    private static Path folder;

    private static Lab lab;
    private static String uri = "";

    private HostReader reader;
    private HostWriter writer;
    private WriteConnection connection;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.named(new LabName("replug"), folder);
        uri = lab.start().uri();
    }

    @AfterAll
    static void close() throws Exception {
        lab.stop();
    }

    @BeforeEach
    void start() {
        reader = new LibvirtConnector().reader(uri);
        writer = new LibvirtConnector().writer(uri);
        connection = WriteConnection.open(uri);
        writer.perform(new Action.Define(
                FILTER, "<filter name='contract-replug'><rule action='accept' direction='out'><tcp/></rule></filter>"));
        writer.perform(new Action.Define(NET, """
                <network>
                  <name>contract-replug</name>
                  <uuid>7c3f0b9e-0000-5000-8000-000000000009</uuid>
                  <bridge name='contractrp0'/>
                  <ip address='10.213.9.1' netmask='255.255.255.0'/>
                  <portgroup name='slow'/>
                </network>"""));
        writer.perform(new Action.Start(NET));
    }

    @AfterEach
    void stop() throws Exception {
        if (writer != null) {
            writer.perform(new Action.Stop(NET));
            writer.perform(new Action.Undefine(NET));
            writer.perform(new Action.Undefine(FILTER));
            writer.close();
            reader.close();
            connection.close();
        }
    }

    @Test
    void runningGuestIsAttached() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            assertThat(reader.attachments("contract-replug"))
                    .containsExactly(new NetworkAttachment(
                            "contract-guest", "52:54:00:00:07:01", GuestInterfaces.target(guest.plug()), true));
        }
    }

    @Test
    void restartOrphansTheGuestAndPluggingInBringsItBack() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            restart();
            assertThat(guest.bridge(lab)).isEmpty();
            assertThat(reader.attachments("contract-replug"))
                    .extracting(NetworkAttachment::plugged)
                    .containsExactly(false);

            writer.perform(new Action.Replug(NET));

            assertThat(guest.bridge(lab)).contains(BRIDGE);
            assertThat(reader.attachments("contract-replug"))
                    .extracting(NetworkAttachment::plugged)
                    .containsExactly(true);
        }
    }

    @Test
    void interfaceIsKeptWhole() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            var before = guest.plug();
            restart();
            writer.perform(new Action.Replug(NET));
            var after = guest.plug();
            assertThat(after.withoutChildren("source")).isEqualTo(before.withoutChildren("source"));
            assertThat(GuestInterfaces.source(after, "portgroup")).contains("slow");
        }
    }

    @Test
    void pluggingInTwiceDoesNoHarm() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            restart();
            writer.perform(new Action.Replug(NET));
            writer.perform(new Action.Replug(NET));
            assertThat(guest.bridge(lab)).contains(BRIDGE);
        }
    }

    @Test
    void guestThatWasLeftOnItsWayIsBroughtHome() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            var halfway = guest.plug()
                    .withAttribute("type", "bridge")
                    .withChild(Element.of("source").withAttribute("bridge", BRIDGE));
            guest.update(XmlWriter.write(halfway));
            assertThat(reader.attachments("contract-replug")).hasSize(1);

            writer.perform(new Action.Replug(NET));

            assertThat(GuestInterfaces.source(guest.plug(), "network")).contains("contract-replug");
            assertThat(guest.bridge(lab)).contains(BRIDGE);
        }
    }

    /** libvirt's documents say of such a guest that all is well. */
    @Test
    void tapThatLostItsBridgeIsSeenAndPluggedInAgain() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            lab.capture(List.of("ip", "link", "set", GuestInterfaces.target(guest.plug()), "nomaster"));
            assertThat(guest.bridge(lab)).isEmpty();
            assertThat(unplugged()).containsExactly("contract-guest");

            writer.perform(new Action.Replug(NET));

            assertThat(guest.bridge(lab)).contains(BRIDGE);
            assertThat(unplugged()).isEmpty();
        }
    }

    @Test
    void guestThatWasLeftOnTheWayRoundIsBroughtHome() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            var way = TransientNetwork.of(connection, "contract-replug");
            guest.update(XmlWriter.write(guest.plug()
                    .withAttribute("type", "bridge")
                    .withChild(Element.of("source").withAttribute("bridge", way.bridge()))));
            assertThat(guest.bridge(lab)).contains(way.bridge());
            assertThat(unplugged()).containsExactly("contract-guest");

            writer.perform(new Action.Replug(NET));

            assertThat(guest.bridge(lab)).contains(BRIDGE);
            assertThat(unplugged()).isEmpty();
            assertThat(GuestInterfaces.source(guest.plug(), "network")).contains("contract-replug");
        }
    }

    @Test
    void nothingOfTheWayRoundIsLeft() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            restart();
            writer.perform(new Action.Replug(NET));
            assertThat(guest.bridge(lab)).contains(BRIDGE);
            assertThat(reader.read("network", Optional.empty())).containsOnlyKeys("contract-replug");
            assertThat(lab.capture(List.of("ip", "link", "show", TransientNetwork.bridge("contract-replug")))
                            .isSuccess())
                    .isFalse();
        }
    }

    @Test
    void guestThatNamesTheBridgeIsPluggedInAsWell() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_BRIDGE)) {
            restart();
            assertThat(guest.bridge(lab)).isEmpty();

            writer.perform(new Action.Replug(NET));

            assertThat(guest.bridge(lab)).contains(BRIDGE);
            assertThat(guest.plug().attribute("type")).contains("bridge");
        }
    }

    @Test
    void bridgeOfANewNameIsFollowed() throws Exception {
        try (var guest = RunningGuest.start(connection, "contract-guest", ON_NETWORK)) {
            writer.perform(new Action.Define(NET, """
                    <network>
                      <name>contract-replug</name>
                      <uuid>7c3f0b9e-0000-5000-8000-000000000009</uuid>
                      <bridge name='contractrp1'/>
                      <portgroup name='slow'/>
                    </network>"""));
            restart();
            writer.perform(new Action.Replug(NET));
            assertThat(guest.bridge(lab)).contains("contractrp1");
        }
    }

    private List<String> unplugged() {
        return reader.read("network", Optional.of(Set.of("contract-replug"))).get("contract-replug")
                        instanceof Observed.Present present
                ? present.unplugged().stream().map(NetworkAttachment::domain).toList()
                : List.of();
    }

    private void restart() {
        writer.perform(new Action.Stop(NET));
        writer.perform(new Action.Start(NET));
    }
}
