package dev.paddock.network;

import static dev.paddock.network.Documents.network;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Transition;
import dev.paddock.api.resource.Desired;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.State;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkStepsTest {
    private static final ResourceId ID = new ResourceId("network", "n");
    private static final Element PLAIN = network("<ip address='10.0.0.1' prefix='24'/>");
    private static final Element WITH_TEXT =
            network("<dns><txt name='a' value='b'/></dns><ip address='10.0.0.1' prefix='24'/>");
    private static final Change TEXT = change("dns/txt", Extent.DEFINED, Cost.LIVE);
    private static final Change MTU = change("mtu", Extent.DEFINED, Cost.RESTART);

    @Test
    void aNewNetworkIsDefinedAndStarted() {
        var desired = new Desired(ID, network("<forward mode='none'/>"), State.ACTIVE, Optional.of(true));

        assertThat(NetworkSteps.create(desired))
                .satisfiesExactly(
                        define -> assertThat(((Action.Define) define).xml()).doesNotContain("forward"),
                        autostart -> assertThat(autostart).isEqualTo(new Action.SetAutostart(ID, true)),
                        start -> assertThat(start).isEqualTo(new Action.Start(ID)),
                        replug -> assertThat(replug).isEqualTo(new Action.Replug(ID)));
    }

    @Test
    void aRecordIsAddedToARunningNetworkAndItsDefinitionAtOnce() {
        assertThat(update(active(PLAIN), WITH_TEXT, TEXT))
                .singleElement()
                .isInstanceOfSatisfying(Action.UpdateNetwork.class, update -> assertThat(update.scope())
                        .isEqualTo(Action.Scope.BOTH));
    }

    @Test
    void aNetworkThatDoesNotRunIsDefinedAnew() {
        assertThat(update(inactive(PLAIN), WITH_TEXT, TEXT)).singleElement().isInstanceOf(Action.Define.class);
    }

    @Test
    void whatOnlyRunsWrongIsChangedThereAlone() {
        var observed = new Observed.Present("u", WITH_TEXT, Optional.of(PLAIN), true, true, false);

        assertThat(update(observed, WITH_TEXT, change("dns/txt", Extent.RUNNING, Cost.LIVE)))
                .singleElement()
                .isInstanceOfSatisfying(Action.UpdateNetwork.class, update -> assertThat(update.scope())
                        .isEqualTo(Action.Scope.LIVE));
    }

    @Test
    void aRestartPlugsGuestsInAgain() {
        var merged = network("<mtu size='1400'/><ip address='10.0.0.1' prefix='24'/>");

        assertThat(update(active(PLAIN), merged, MTU))
                .extracting(action -> action.getClass().getSimpleName())
                .containsExactly("Define", "Stop", "Start", "Replug");
    }

    @Test
    void aRestartTakesLiveChangesAlong() {
        assertThat(update(active(PLAIN), WITH_TEXT, TEXT, MTU)).noneMatch(Action.UpdateNetwork.class::isInstance);
    }

    @Test
    void aDefinitionThatIsRightIsNotGivenAgain() {
        assertThat(update(active(PLAIN), PLAIN, change("mtu", Extent.RUNNING, Cost.RESTART)))
                .extracting(action -> action.getClass().getSimpleName())
                .containsExactly("Stop", "Start", "Replug");
    }

    @Test
    void metadataIsDefinedAndRecordsAreUpdatedLive() {
        var metadata = change("metadata/a:b", Extent.DEFINED, Cost.LIVE);

        assertThat(update(active(PLAIN), WITH_TEXT, TEXT, metadata))
                .satisfiesExactly(define -> assertThat(define).isInstanceOf(Action.Define.class), update -> assertThat(
                                ((Action.UpdateNetwork) update).scope())
                        .isEqualTo(Action.Scope.LIVE));
    }

    @Test
    void whatRunsIsDescribedAnewWhereThatIsPossible() {
        var before = network("<title>One</title><metadata><m:m xmlns:m='urn:m'/><o:o xmlns:o='urn:o'/></metadata>");
        var running = network("<title>One</title><metadata><o:o xmlns:o='urn:o' v='2'/></metadata>");
        var merged =
                network("<title>Two</title><metadata><m:m xmlns:m='urn:m' v='1'/><o:o xmlns:o='urn:o'/></metadata>");
        var title = change("title", Extent.DEFINED, Cost.LIVE);
        var observed = new Observed.Present("u", before, Optional.of(running), true, true, false);

        assertThat(update(observed, merged, title)).singleElement().isInstanceOf(Action.Define.class);
        assertThat(update(observed.withDescribable(true), merged, title).stream()
                        .filter(Action.SetMetadata.class::isInstance))
                .containsExactly(
                        new Action.SetMetadata(ID, Action.Metadata.TITLE, Optional.empty(), Optional.of("Two")),
                        new Action.SetMetadata(
                                ID,
                                Action.Metadata.ELEMENT,
                                Optional.of("urn:m"),
                                Optional.of("<m:m xmlns:m='urn:m' v='1'/>\n")));
    }

    @Test
    void aTitleThatOnlyRunsWrongIsSetThereAlone() {
        var wanted = network("<title>One</title>");
        var observed = new Observed.Present("u", wanted, Optional.of(network("")), true, true, false);

        assertThat(update(observed.withDescribable(true), wanted, change("title", Extent.RUNNING, Cost.LIVE)))
                .containsExactly(
                        new Action.SetMetadata(ID, Action.Metadata.TITLE, Optional.empty(), Optional.of("One")));
    }

    @Test
    void aTransientNetworkIsDefinedAndGoesOnRunning() {
        var observed = new Observed.Present("u", PLAIN, Optional.of(PLAIN), true, false, false);
        var persistent = new Change(
                "persistent",
                "persistent",
                Change.Action.CHANGE,
                Optional.of("no"),
                Optional.of("yes"),
                Extent.DEFINED,
                Cost.LIVE,
                "");

        assertThat(update(observed, PLAIN, persistent)).singleElement().isInstanceOf(Action.Define.class);
    }

    @Test
    void theFirstIpv6HostHasDnsmasqStartedAnew() {
        var before = network("<ip family='ipv6' address='2001:db8::1' prefix='64'/>");
        var after = network("""
                <ip family='ipv6' address='2001:db8::1' prefix='64'>
                  <dhcp><host name='a' ip='2001:db8::9'/></dhcp>
                </ip>""");

        assertThat(update(active(before), after, change("ip/dhcp/host", Extent.DEFINED, Cost.LIVE)))
                .extracting(action -> ((Action.UpdateNetwork) action).section())
                .containsExactly(
                        Action.Section.IP_DHCP_HOST, Action.Section.IP_DHCP_RANGE, Action.Section.IP_DHCP_RANGE);
    }

    @Test
    void aRunningNetworkIsStoppedBeforeItIsRemoved() {
        assertThat(NetworkSteps.delete(ID, active(PLAIN)))
                .containsExactly(new Action.Stop(ID), new Action.Undefine(ID));
    }

    private static List<Action> update(Observed.Present observed, Element merged, Change... changes) {
        var desired = new Desired(ID, merged, State.ACTIVE, Optional.empty());
        return NetworkSteps.update(new Transition(desired, observed, merged, List.of(changes)));
    }

    private static Observed.Present active(Element network) {
        return new Observed.Present("u", network, Optional.of(network), true, true, false);
    }

    private static Observed.Present inactive(Element network) {
        return new Observed.Present("u", network, Optional.empty(), false, true, false);
    }

    private static Change change(String pattern, Extent extent, Cost cost) {
        return new Change(pattern, pattern, Change.Action.ADD, Optional.empty(), Optional.of("<x/>"), extent, cost, "");
    }
}
