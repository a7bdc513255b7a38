package dev.paddock.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the contract cannot ask of every host. */
class MemoryHostStateTest {
    private static final ResourceId NET = new ResourceId("network", "net");
    private static final NetworkAttachment GUEST = new NetworkAttachment("guest", "52:54:00:00:00:01", "vnet0");

    private final MemoryHost host = new MemoryHost(7);
    private final HostWriter writer = host.writer("memory:///");

    @Test
    void sameSeedDrawsTheSameLots() {
        var other = new MemoryHost(7);
        define("net", "");
        other.writer("memory:///").perform(new Action.Define(NET, "<network><name>net</name></network>"));
        assertThat(other.objects("network")).isEqualTo(host.objects("network"));
    }

    @Test
    void lowestFreeBridgeIsChosen() {
        define("a", "<bridge name='virbr0'/>");
        define("b", "<bridge name='virbr2'/>");
        define("c", "");
        assertThat(bridge("c")).isEqualTo("virbr1");
    }

    @Test
    void redefiningWithoutAddressDrawsANewOne() {
        define("net", "<uuid>7c3f0b9e-0000-5000-8000-000000000001</uuid>");
        var before = present("net").defined().child("mac");
        define("net", "<uuid>7c3f0b9e-0000-5000-8000-000000000001</uuid>");
        assertThat(present("net").defined().child("mac")).isNotEqualTo(before);
    }

    @Test
    void restartOrphansGuestsUntilTheyArePluggedIn() {
        define("net", "");
        writer.perform(new Action.Start(NET));
        host.attach("net", GUEST);
        writer.perform(new Action.Stop(NET));
        writer.perform(new Action.Start(NET));
        try (var reader = host.reader("memory:///")) {
            assertThat(reader.attachments("net"))
                    .extracting(NetworkAttachment::plugged)
                    .containsExactly(false);
            assertThat(host.violations()).anyMatch(violation -> violation.contains("guest is orphaned"));
            writer.perform(new Action.Replug(NET));
            assertThat(reader.attachments("net"))
                    .extracting(NetworkAttachment::plugged)
                    .containsExactly(true);
        }
    }

    @Test
    void connectionsAreCountedInTheLiveDocument() {
        define("net", "");
        writer.perform(new Action.Start(NET));
        host.attach("net", GUEST);
        assertThat(present("net").live().orElseThrow().attribute("connections")).contains("1");
        assertThat(present("net").defined().attribute("connections")).isEmpty();
    }

    @Test
    void networkOnAForeignBridgeKeepsItsGuests() {
        define("net", "<forward mode='bridge'/><bridge name='br0'/>");
        writer.perform(new Action.Start(NET));
        host.attach("net", GUEST);
        writer.perform(new Action.Stop(NET));
        writer.perform(new Action.Start(NET));
        try (var reader = host.reader("memory:///")) {
            assertThat(reader.attachments("net")).containsExactly(GUEST);
        }
    }

    @Test
    void filterInUseCannotBeUndefined() {
        var filter = new ResourceId("nwfilter", "f");
        writer.perform(new Action.Define(filter, "<filter name='f'/>"));
        host.bind("f");
        assertThatThrownBy(() -> writer.perform(new Action.Undefine(filter)))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.code())
                        .isEqualTo(55));
    }

    @Test
    void bridgeNameThatTheKernelDoesNotTakeIsRefusedAtTheStart() {
        define("net", "<bridge name='averylongbridgename'/>");
        assertThatThrownBy(() -> writer.perform(new Action.Start(NET)))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.code())
                        .isEqualTo(38));
    }

    @Test
    void openConnectionsAndDanglingReferencesAreViolations() {
        writer.perform(new Action.Define(
                new ResourceId("nwfilter", "f"), "<filter name='f'><filterref filter='g'/></filter>"));
        define("net", "");
        writer.perform(new Action.Start(NET));
        writer.perform(new Action.Undefine(NET));
        assertThat(host.violations())
                .containsExactly(
                        "network net is active without a definition",
                        "filter f refers to g, which is gone",
                        "1 connections are still open");
    }

    @Test
    void performedActionsAreRemembered() {
        define("net", "");
        writer.perform(new Action.Start(NET));
        assertThat(host.performed()).last().isEqualTo(new Action.Start(NET));
    }

    private void define(String name, String content) {
        writer.perform(new Action.Define(
                new ResourceId("network", name), "<network><name>" + name + "</name>" + content + "</network>"));
    }

    private Observed.Present present(String name) {
        return (Observed.Present) Objects.requireNonNull(host.objects("network").get(name));
    }

    private String bridge(String name) {
        return present(name)
                .defined()
                .child("bridge")
                .orElseThrow()
                .attribute("name")
                .orElse("");
    }
}
