package dev.paddock.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Scope;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every host has to keep: the host in memory, libvirt's test driver, and a real libvirtd are held to the same. All
 * objects of these tests have names that start with {@code contract}, and are removed.
 */
@SuppressWarnings("NullAway.Init") // The connections are opened before each test.
public abstract class HostContract {
    private static final String NET = "contract-net";
    private static final String OTHER = "contract-other";
    private static final String FILTER = "contract-filter";
    private static final String UUID = "7c3f0b9e-0000-5000-8000-000000000001";
    private static final String OTHER_UUID = "7c3f0b9e-0000-5000-8000-000000000002";
    private static final String PROMISE = """
            <pool:pool xmlns:pool='https://paddock.dev/xmlns/pool/1' warm='%s' max='2' lease='60' longest='60'
                reset='restore' on_empty='wait' patience='30' starts='1'>
              <pool:disk target='vda' capacity='1024'/>
            </pool:pool>
            """;

    protected HostReader reader;
    protected HostWriter writer;

    protected abstract HostConnector connector();

    protected abstract String uri();

    protected abstract Set<Ability> abilities();

    @BeforeEach
    final void open() {
        writer = connector().writer(uri());
        reader = connector().reader(uri());
        removeAll();
    }

    @AfterEach
    final void close() {
        if (writer != null) {
            removeAll();
            writer.close();
        }
        if (reader != null) {
            reader.close();
        }
    }

    private void removeAll() {
        for (var kind : List.of("vm", "pool")) {
            reader.read(kind, Optional.empty()).keySet().stream()
                    .filter(name -> name.startsWith("contract"))
                    .forEach(name -> writer.perform(new Action.Undefine(new ResourceId(kind, name))));
        }
        reader.read("network", Optional.empty()).keySet().stream()
                .filter(name -> name.startsWith("contract"))
                .forEach(name -> {
                    writer.perform(new Action.Stop(network(name)));
                    writer.perform(new Action.Undefine(network(name)));
                });
        if (abilities().contains(Ability.NWFILTERS)) {
            reader.read("nwfilter", Optional.empty()).keySet().stream()
                    .filter(name -> name.startsWith("contract"))
                    .forEach(name -> writer.perform(new Action.Undefine(filter(name))));
        }
    }

    // Guests and pools.

    @Test
    void theDomainOfAPoolIsNoGuest() {
        define("vm", "contract-guest", "");
        define("pool", "contract-pool", PROMISE.formatted(1));
        assertThat(reader.read("vm", Optional.empty()).keySet())
                .contains("contract-guest")
                .doesNotContain("contract-pool");
        assertThat(reader.read("pool", Optional.empty()).keySet())
                .contains("contract-pool")
                .doesNotContain("contract-guest");

        var names = Set.of("contract-guest", "contract-pool");
        assertThat(reader.read("vm", Optional.of(names)).get("contract-pool")).isEqualTo(new Observed.Absent());
        assertThat(reader.read("pool", Optional.of(names)).get("contract-guest"))
                .isEqualTo(new Observed.Absent());
    }

    @Test
    void whatAPoolPromisesIsKept() {
        define("pool", "contract-pool", PROMISE.formatted(1));
        var before = promised();
        define("pool", "contract-pool", PROMISE.formatted(2));

        assertThat(before.warm()).isEqualTo(1);
        assertThat(promised().warm()).isEqualTo(2);
        assertThat(promised().disks()).containsExactly(new SlotDisk("vda", OptionalLong.of(1024), Optional.empty()));
    }

    @Test
    void aPoolAndAGuestCannotHaveOneName() {
        define("pool", "contract-pool", PROMISE.formatted(1));

        assertThatThrownBy(() -> writer.perform(new Action.Define(
                        new ResourceId("vm", "contract-pool"), domain("contract-pool", OTHER_UUID, ""))))
                .isInstanceOfSatisfying(HostException.class, refused -> assertThat(refused.failure())
                        .isEqualTo(Failure.REFUSED));
    }

    private void define(String kind, String name, String metadata) {
        var uuid = kind.equals("pool") ? UUID : OTHER_UUID;
        writer.perform(new Action.Define(new ResourceId(kind, name), domain(name, uuid, metadata)));
    }

    /** The test driver knows domains of its own type alone. */
    private String domain(String name, String uuid, String metadata) {
        return """
                <domain type='%s'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <metadata>%s</metadata>
                  <memory unit='KiB'>65536</memory>
                  <vcpu>1</vcpu>
                  <os><type arch='x86_64'>hvm</type></os>
                </domain>
                """.formatted(uri().startsWith("test") ? "test" : "qemu", name, uuid, metadata);
    }

    private PoolSpec promised() {
        return reader.read("pool", Optional.of(Set.of("contract-pool"))).get("contract-pool")
                        instanceof Observed.Present present
                ? PoolSpec.of(present.defined()).orElseThrow()
                : fail("no pool");
    }

    // Reading.

    @Test
    void tellsWhatAnswered() {
        assertThat(reader.info().uri()).isEqualTo(uri());
        assertThat(reader.info().version().major()).isGreaterThanOrEqualTo(9);
    }

    @Test
    void nameThatIsNotThereIsAbsent() {
        assertThat(reader.read("network", Optional.of(Set.of(NET, OTHER))))
                .isEqualTo(Map.of(NET, new Observed.Absent(), OTHER, new Observed.Absent()));
    }

    @Test
    void noNamesAreNothingToRead() {
        assertThat(reader.read("network", Optional.of(Set.of()))).isEmpty();
    }

    @Test
    void readsOnlyWhatIsAsked() {
        define(NET);
        define(OTHER);
        assertThat(reader.read("network", Optional.of(Set.of(OTHER)))).containsOnlyKeys(OTHER);
    }

    @Test
    void readsAllWhenNoNamesAreGiven() {
        define(NET);
        define(OTHER);
        assertThat(reader.read("network", Optional.empty())).containsKeys(NET, OTHER);
    }

    @Test
    void manyObjectsAreReadWholeAndOnce() {
        IntStream.range(0, 120).forEach(i -> define("contract-" + i));
        var observed = reader.read("network", Optional.empty());
        assertThat(IntStream.range(0, 120).mapToObj(i -> "contract-" + i))
                .allSatisfy(name -> assertThat(observed.get(name))
                        .isInstanceOfSatisfying(Observed.Present.class, object -> assertThat(
                                        object.defined().childText("name"))
                                .contains(name)));
    }

    @Test
    void kindWithoutDriverIsUnsupported() {
        assertThatThrownBy(() -> reader.read("teapot", Optional.empty()))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(Failure.UNSUPPORTED));
        if (!abilities().contains(Ability.NWFILTERS)) {
            assertThatThrownBy(() -> reader.read("nwfilter", Optional.of(Set.of(FILTER))))
                    .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                            .isEqualTo(Failure.UNSUPPORTED));
        }
    }

    @Test
    void networkWithoutGuestsHasNoAttachments() {
        define(NET);
        assertThat(reader.attachments(NET)).isEmpty();
        assertThat(reader.attachments(OTHER)).isEmpty();
    }

    // Defining.

    @Test
    void definedNetworkIsThereAndInactive() {
        define(NET);
        var observed = present(NET);
        assertThat(observed.active()).isFalse();
        assertThat(observed.persistent()).isTrue();
        assertThat(observed.autostart()).isFalse();
        assertThat(observed.live()).isEmpty();
        assertThat(observed.defined().childText("name")).contains(NET);
        assertThat(observed.defined().childText("uuid")).contains(observed.uuid());
    }

    @Test
    void namesAndTextsOutsideOfAsciiSurvive() {
        perform(new Action.Define(
                network("contract-né"),
                "<network><name>contract-né</name><metadata><p:o xmlns:p='urn:p'>ü€</p:o></metadata></network>"));
        var defined = present("contract-né").defined();
        assertThat(defined.childText("name")).contains("contract-né");
        assertThat(defined.child("metadata").orElseThrow().children().getFirst().text())
                .isEqualTo("ü€");
    }

    @Test
    void givenUuidIsKeptInLowerCase() {
        perform(new Action.Define(network(NET), networkXml(NET, UUID.toUpperCase(java.util.Locale.ROOT), "")));
        assertThat(present(NET).uuid()).isEqualTo(UUID);
    }

    @Test
    void definingAgainWithTheSameUuidReplacesTheDefinition() {
        perform(new Action.Define(network(NET), networkXml(NET, UUID, "<domain name='one'/>")));
        perform(new Action.Define(network(NET), networkXml(NET, UUID, "<domain name='two'/>")));
        assertThat(present(NET).defined().child("domain").orElseThrow().attribute("name"))
                .contains("two");
    }

    @Test
    void definingAgainWithoutUuidIsAConflict() {
        define(NET);
        assertRefused(9, new Action.Define(network(NET), networkXml(NET, "", "")));
    }

    @Test
    void definingAnotherNameWithTheSameUuidIsAConflict() {
        perform(new Action.Define(network(NET), networkXml(NET, UUID, "")));
        assertRefused(9, new Action.Define(network(OTHER), networkXml(OTHER, UUID, "")));
    }

    @Test
    void refusedDefinitionLeavesTheOldOne() {
        perform(new Action.Define(network(NET), networkXml(NET, UUID, "<domain name='one'/>")));
        var before = present(NET);
        assertThatThrownBy(() -> perform(
                        new Action.Define(network(NET), networkXml(NET, UUID, "<ip address='x' netmask='y'/>"))))
                .isInstanceOf(HostException.class);
        assertThat(present(NET)).isEqualTo(before);
    }

    @Test
    void unknownElementIsRefusedAndNotDropped() {
        assumeTrue(abilities().contains(Ability.VALIDATION), "this host cannot validate");
        assertRefused(92, new Action.Define(network(NET), networkXml(NET, "", "<bogus/>")));
        assertThat(reader.read("network", Optional.of(Set.of(NET)))).containsValue(new Observed.Absent());
    }

    @Test
    void bridgeAndItsAddressAreFilledIn() {
        assumeTrue(abilities().contains(Ability.NETWORK_DRIVER), "this host has no network driver");
        define(NET);
        var defined = present(NET).defined();
        var bridge = defined.child("bridge").orElseThrow();
        assertThat(bridge.attribute("name").orElseThrow()).matches("virbr\\d+");
        assertThat(bridge.attribute("stp")).contains("on");
        assertThat(bridge.attribute("delay")).contains("0");
        assertThat(defined.child("mac").orElseThrow().attribute("address").orElseThrow())
                .startsWith("52:54:00:");
    }

    @Test
    void bridgeOfAnotherNetworkIsRefused() {
        assumeTrue(abilities().contains(Ability.NETWORK_DRIVER), "this host has no network driver");
        perform(new Action.Define(network(NET), networkXml(NET, "", "<bridge name='contractbr'/>")));
        assertRefused(1, new Action.Define(network(OTHER), networkXml(OTHER, "", "<bridge name='contractbr'/>")));
    }

    @Test
    void rangesComeBeforeHostsAndAddressesAreShortened() {
        perform(new Action.Define(network(NET), networkXml(NET, "", """
                        <ip family='ipv6' address='2001:DB8:0:0::1' prefix='64'>
                          <dhcp><host name='h' ip='2001:db8:0:0::5'/><range start='2001:db8::10' end='2001:db8::20'/></dhcp>
                        </ip>""")));
        var ip = present(NET).defined().child("ip").orElseThrow();
        assertThat(ip.attribute("address")).contains("2001:db8::1");
        assertThat(ip.child("dhcp").orElseThrow().children())
                .extracting(child -> child.name().local())
                .containsExactly("range", "host");
    }

    @Test
    void undefiningWhatIsGoneIsNoFailure() {
        perform(new Action.Undefine(network(NET)));
    }

    @Test
    void undefinedNetworkIsGone() {
        define(NET);
        perform(new Action.Undefine(network(NET)));
        assertThat(reader.read("network", Optional.of(Set.of(NET)))).containsValue(new Observed.Absent());
    }

    @Test
    void undefinedNetworkThatIsActiveStaysUntilItIsStopped() {
        assumeTrue(abilities().contains(Ability.TRANSIENT), "this host keeps the definition of what is active");
        define(NET);
        perform(new Action.Start(network(NET)));
        perform(new Action.Undefine(network(NET)));
        perform(new Action.Undefine(network(NET)));
        assertThat(present(NET).persistent()).isFalse();
        assertRefused(55, new Action.SetAutostart(network(NET), true));
        perform(new Action.Stop(network(NET)));
        assertThat(reader.read("network", Optional.of(Set.of(NET)))).containsValue(new Observed.Absent());
    }

    // State.

    @Test
    void startedNetworkHasALiveDocument() {
        define(NET);
        perform(new Action.Start(network(NET)));
        assertThat(present(NET).active()).isTrue();
        assertThat(present(NET).live().orElseThrow().childText("name")).contains(NET);
    }

    @Test
    void startingAndStoppingTwiceIsNoFailure() {
        define(NET);
        perform(new Action.Start(network(NET)));
        perform(new Action.Start(network(NET)));
        perform(new Action.Stop(network(NET)));
        perform(new Action.Stop(network(NET)));
        assertThat(present(NET).active()).isFalse();
    }

    @Test
    void stoppingWhatIsGoneIsNoFailure() {
        perform(new Action.Stop(network(NET)));
    }

    @Test
    void startingWhatIsNotThereIsRefused() {
        assertRefused(43, new Action.Start(network(NET)));
        assertRefused(43, new Action.SetAutostart(network(NET), true));
    }

    @Test
    void autostartIsSetAndTakenBack() {
        define(NET);
        perform(new Action.SetAutostart(network(NET), true));
        perform(new Action.SetAutostart(network(NET), true));
        assertThat(present(NET).autostart()).isTrue();
        perform(new Action.SetAutostart(network(NET), false));
        assertThat(present(NET).autostart()).isFalse();
    }

    @Test
    void definingWhatRunsChangesTheDefinitionAlone() {
        assumeTrue(abilities().contains(Ability.LIVE_DOCUMENT), "this host has one document alone");
        perform(new Action.Define(network(NET), networkXml(NET, UUID, "<domain name='one'/>")));
        perform(new Action.Start(network(NET)));
        perform(new Action.Define(network(NET), networkXml(NET, UUID, "<domain name='two'/>")));
        assertThat(domain(present(NET).defined())).contains("two");
        assertThat(domain(present(NET).live().orElseThrow())).contains("one");
    }

    // Updating.

    @Test
    void additionAppearsInBothDocuments() {
        defineWithDhcp();
        perform(new Action.Start(network(NET)));
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.BOTH, HOST);
        assertThat(hosts(present(NET).defined())).isEqualTo(1);
        assertThat(hosts(present(NET).live().orElseThrow())).isEqualTo(1);
    }

    @Test
    void additionOfWhatIsThereIsNoFailure() {
        defineWithDhcp();
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        assertThat(hosts(present(NET).defined())).isEqualTo(1);
    }

    @Test
    void additionThatIsInTheDefinitionAlreadyStillReachesWhatRuns() {
        assumeTrue(abilities().contains(Ability.LIVE_DOCUMENT), "this host has one document alone");
        defineWithDhcp();
        perform(new Action.Start(network(NET)));
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.BOTH, HOST);
        assertThat(hosts(present(NET).live().orElseThrow())).isEqualTo(1);
    }

    @Test
    void additionThatContradictsIsRefused() {
        defineWithDhcp();
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        assertRefused(
                55, update(Command.ADD_LAST, Section.IP_DHCP_HOST, "<host mac='52:54:00:00:00:01' ip='10.213.7.6'/>"));
    }

    @Test
    void removalOfWhatIsGoneIsNoFailure() {
        defineWithDhcp();
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        update(Command.DELETE, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        update(Command.DELETE, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        assertThat(hosts(present(NET).defined())).isZero();
    }

    @Test
    void removalOfWhatIsGoneLeavesItsLike() {
        define(NET);
        update(
                Command.ADD_LAST,
                Section.DNS_HOST,
                Scope.DEFINITION,
                "<host ip='10.213.7.8'><hostname>db</hostname></host>");
        update(
                Command.DELETE,
                Section.DNS_HOST,
                Scope.DEFINITION,
                "<host ip='10.213.7.9'><hostname>db</hostname></host>");
        assertThat(present(NET).defined().child("dns").orElseThrow().children("host"))
                .hasSize(1);
    }

    @Test
    void modificationReplacesTheHost() {
        defineWithDhcp();
        update(Command.ADD_LAST, Section.IP_DHCP_HOST, Scope.DEFINITION, HOST);
        update(
                Command.MODIFY,
                Section.IP_DHCP_HOST,
                Scope.DEFINITION,
                "<host mac='52:54:00:00:00:01' name='renamed' ip='10.213.7.5'/>");
        var host = present(NET)
                .defined()
                .child("ip")
                .orElseThrow()
                .child("dhcp")
                .orElseThrow()
                .child("host");
        assertThat(host.orElseThrow().attribute("name")).contains("renamed");
    }

    @Test
    void modificationOfADnsHostLeavesItsLike() {
        define(NET);
        for (var host : List.of(
                "<host ip='10.213.7.8'><hostname>db</hostname></host>",
                "<host ip='10.213.7.9'><hostname>web</hostname></host>")) {
            update(Command.ADD_LAST, Section.DNS_HOST, Scope.DEFINITION, host);
        }
        update(
                Command.MODIFY,
                Section.DNS_HOST,
                Scope.DEFINITION,
                "<host ip='10.213.7.8'><hostname>web</hostname><hostname>store</hostname></host>");
        assertThat(present(NET).defined().child("dns").orElseThrow().children("host").stream()
                        .map(host -> host.attribute("ip").orElse("") + " "
                                + host.children("hostname").stream()
                                        .map(Element::text)
                                        .toList()))
                .containsExactlyInAnyOrder("10.213.7.8 [web, store]", "10.213.7.9 [web]");
    }

    @Test
    void whatRunsIsDescribedAnewWhereTheHostSaysSo() {
        var described = "<title>One</title><metadata><c:c xmlns:c='urn:contract' v='1'/></metadata>";
        perform(new Action.Define(network(NET), networkXml(NET, "", described)).withoutValidation());
        writer.perform(new Action.Start(network(NET)));
        var title = new Action.SetMetadata(network(NET), Action.Metadata.TITLE, Optional.empty(), Optional.of("Two"));
        var own = new Action.SetMetadata(
                network(NET),
                Action.Metadata.ELEMENT,
                Optional.of("urn:contract"),
                Optional.of("<c:c xmlns:c='urn:contract' v='2'/>"));
        if (!present(NET).describable()) {
            assertThatThrownBy(() -> writer.perform(title))
                    .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                            .isEqualTo(Failure.UNSUPPORTED));
            return;
        }
        assertThat(present(NET).defined().childText("title")).contains("One");
        writer.perform(title);
        writer.perform(own);
        var running = present(NET).live().orElseGet(() -> present(NET).defined());
        assertThat(running.childText("title")).contains("Two");
        assertThat(Metadata.of(running, "urn:contract", "c").orElseThrow().attribute("v"))
                .contains("2");
        writer.perform(new Action.SetMetadata(network(NET), Action.Metadata.TITLE, Optional.empty(), Optional.empty()));
        writer.perform(new Action.SetMetadata(
                network(NET), Action.Metadata.ELEMENT, Optional.of("urn:contract"), Optional.empty()));
        var bare = present(NET).live().orElseGet(() -> present(NET).defined());
        assertThat(bare.childText("title")).isEmpty();
        assertThat(Metadata.of(bare, "urn:contract", "c")).isEmpty();
    }

    @Test
    void modificationOfARangeIsUnsupported() {
        defineWithDhcp();
        assertThatThrownBy(() -> perform(update(
                        Command.MODIFY, Section.IP_DHCP_RANGE, "<range start='10.213.7.10' end='10.213.7.50'/>")))
                .isInstanceOfSatisfying(HostException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(84);
                    assertThat(failure.failure()).isEqualTo(Failure.UNSUPPORTED);
                });
    }

    @Test
    void everySectionIsAddedToAndTakenFrom() {
        defineWithDhcp();
        var before = present(NET).defined();
        Map.of(
                        Section.IP_DHCP_HOST, HOST,
                        Section.PORTGROUP, "<portgroup name='slow'/>",
                        Section.DNS_HOST, "<host ip='10.213.7.8'><hostname>db</hostname></host>",
                        Section.DNS_TXT, "<txt name='example' value='text'/>",
                        Section.DNS_SRV, "<srv service='ldap' protocol='tcp' domain='example' target='a' port='389'/>")
                .forEach((section, part) -> {
                    update(Command.ADD_LAST, section, Scope.DEFINITION, part);
                    assertThat(present(NET).defined())
                            .as("after adding to " + section)
                            .isNotEqualTo(before);
                    update(Command.DELETE, section, Scope.DEFINITION, part);
                    assertThat(present(NET).defined())
                            .as("after taking from " + section)
                            .isEqualTo(before);
                });
    }

    @Test
    void liveUpdateOfWhatDoesNotRunIsRefused() {
        defineWithDhcp();
        assertRefused(
                55,
                new Action.UpdateNetwork(network(NET), Command.ADD_LAST, Section.IP_DHCP_HOST, -1, HOST, Scope.LIVE));
    }

    @Test
    void updateOfWhatIsNotThereIsRefused() {
        assertRefused(43, update(Command.ADD_LAST, Section.IP_DHCP_HOST, HOST));
    }

    @Test
    void pluggingInWithoutGuestsIsNoFailure() {
        define(NET);
        perform(new Action.Start(network(NET)));
        perform(new Action.Replug(network(NET)));
    }

    // Filters.

    @Test
    void definedFilterIsInForce() {
        assumeNwfilters();
        perform(new Action.Define(filter(FILTER), "<filter name='" + FILTER + "'/>"));
        var observed = present("nwfilter", FILTER);
        assertThat(observed.defined().attribute("chain")).contains("root");
        assertThat(observed.active()).isTrue();
        assertThat(observed.live()).isEmpty();
    }

    @Test
    void filterIsWrittenBackInItsOwnForm() {
        assumeNwfilters();
        perform(new Action.Define(filter(FILTER), """
                <filter name='contract-filter' chain='ipv4-x'>
                  <filterref filter='allow-dhcp'><parameter name='Z' value='1'/><parameter name='A' value='2'/></filterref>
                  <rule action='drop' direction='in' statematch='0'><ip srcmacaddr='1:2:3:4:5:AA' dstipaddr='10.0.0.0' dstipmask='255.0.0.0'/></rule>
                  <rule action='accept' direction='out'><tcp dstportstart='053'/></rule>
                </filter>"""));
        var defined = present("nwfilter", FILTER).defined();
        assertThat(defined.attribute("priority")).contains("-700");
        assertThat(defined.children())
                .extracting(child -> child.name().local())
                .containsExactly("uuid", "filterref", "rule", "rule");
        assertThat(defined.child("filterref").orElseThrow().children())
                .extracting(each -> each.attribute("name").orElse(""))
                .containsExactly("A", "Z");
        var first = defined.child("rule").orElseThrow();
        assertThat(first.attribute("priority")).contains("500");
        assertThat(first.attribute("statematch")).contains("false");
        var ip = first.child("ip").orElseThrow();
        assertThat(ip.attribute("srcmacaddr")).contains("01:02:03:04:05:aa");
        assertThat(ip.attribute("dstipmask")).contains("8");
        assertThat(defined.children("rule").getLast().child("tcp").orElseThrow().attribute("dstportstart"))
                .contains("53");
    }

    @Test
    void filterThatRefersToItselfThroughOthersIsRefused() {
        assumeNwfilters();
        perform(new Action.Define(
                filter("contract-a"), "<filter name='contract-a'><filterref filter='contract-b'/></filter>"));
        assertRefused(
                9,
                new Action.Define(
                        filter("contract-b"), "<filter name='contract-b'><filterref filter='contract-a'/></filter>"));
    }

    @Test
    void filterOfTheSameNameIsAConflict() {
        assumeNwfilters();
        perform(new Action.Define(filter(FILTER), "<filter name='" + FILTER + "'/>"));
        assertRefused(9, new Action.Define(filter(FILTER), "<filter name='" + FILTER + "'/>"));
    }

    @Test
    void filterAttributeThatLibvirtWouldDropIsRefused() {
        assumeNwfilters();
        assumeTrue(abilities().contains(Ability.VALIDATION), "this host cannot validate");
        assertRefused(92, new Action.Define(filter(FILTER), """
                <filter name='contract-filter'><rule action='accept' direction='out'><tcp dstport='80'/></rule></filter>"""));
    }

    @Test
    void undefiningAFilterTwiceIsNoFailure() {
        assumeNwfilters();
        perform(new Action.Define(filter(FILTER), "<filter name='" + FILTER + "'/>"));
        perform(new Action.Undefine(filter(FILTER)));
        perform(new Action.Undefine(filter(FILTER)));
        assertThat(reader.read("nwfilter", Optional.of(Set.of(FILTER)))).containsValue(new Observed.Absent());
    }

    // Connections.

    @Test
    void readersAndWritersServeSeveralThreads() throws Exception {
        define(NET);
        Callable<Boolean> work = () -> {
            for (var i = 0; i < 20; i++) {
                perform(new Action.SetAutostart(network(NET), i % 2 == 0));
                assertThat(present(NET).defined().childText("name")).contains(NET);
            }
            return true;
        };
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(java.util.Collections.nCopies(8, work))) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void closedConnectionIsLost() {
        var closed = connector().reader(uri());
        closed.close();
        assertThatThrownBy(() -> closed.read("network", Optional.empty()))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(Failure.LOST));
        var closedWriter = connector().writer(uri());
        closedWriter.close();
        assertThatThrownBy(() -> closedWriter.perform(new Action.Undefine(network(NET))))
                .isInstanceOfSatisfying(HostException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(Failure.LOST));
    }

    @Test
    void closingTwiceIsNoFailure() {
        var twice = connector().reader(uri());
        twice.close();
        twice.close();
        var writing = connector().writer(uri());
        writing.close();
        writing.close();
    }

    private static final String HOST = "<host mac='52:54:00:00:00:01' name='one' ip='10.213.7.5'/>";

    private void assumeNwfilters() {
        assumeTrue(abilities().contains(Ability.NWFILTERS), "this host has no filters");
    }

    private void define(String name) {
        perform(new Action.Define(network(name), networkXml(name, "", "")));
    }

    private void defineWithDhcp() {
        perform(new Action.Define(network(NET), networkXml(NET, "", """
                <ip address='10.213.7.1' netmask='255.255.255.0'>
                  <dhcp><range start='10.213.7.10' end='10.213.7.99'/></dhcp>
                </ip>""")));
    }

    private void update(Command command, Section section, Scope scope, String part) {
        perform(new Action.UpdateNetwork(network(NET), command, section, -1, part, scope));
    }

    private static Action update(Command command, Section section, String part) {
        return new Action.UpdateNetwork(network(NET), command, section, -1, part, Scope.DEFINITION);
    }

    private void perform(Action action) {
        writer.perform(action);
    }

    private void assertRefused(int code, Action action) {
        assertThatThrownBy(() -> perform(action)).isInstanceOfSatisfying(HostException.class, failure -> {
            assertThat(failure.code()).as(failure.reason()).isEqualTo(code);
            assertThat(failure.failure()).isEqualTo(Failure.REFUSED);
            assertThat(failure.reason()).isNotBlank();
        });
    }

    private Observed.Present present(String name) {
        return present("network", name);
    }

    private Observed.Present present(String kind, String name) {
        var observed = reader.read(kind, Optional.of(Set.of(name))).get(name);
        assertThat(observed).isInstanceOf(Observed.Present.class);
        return (Observed.Present) java.util.Objects.requireNonNull(observed);
    }

    private static Optional<String> domain(Element network) {
        return network.child("domain").flatMap(domain -> domain.attribute("name"));
    }

    private static int hosts(Element network) {
        return network.child("ip")
                .orElseThrow()
                .child("dhcp")
                .orElseThrow()
                .children("host")
                .size();
    }

    private static ResourceId network(String name) {
        return new ResourceId("network", name);
    }

    private static ResourceId filter(String name) {
        return new ResourceId("nwfilter", name);
    }

    private static String networkXml(String name, String uuid, String more) {
        return "<network><name>" + name + "</name>" + (uuid.isEmpty() ? "" : "<uuid>" + uuid + "</uuid>") + more
                + "</network>";
    }
}
