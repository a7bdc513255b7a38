package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.FilterBackend.Kind;
import dev.paddock.host.process.Outcome;
import org.junit.jupiter.api.Test;

/** What is made of what a machine tells of its firewall. */
class FilterBackendProbeTest {
    @Test
    void aDriverThatHasNothingElseUsesIptablesWhateverIsConfigured() {
        assertThat(of("configured=nftables", "knows=no", "nftables=yes"))
                .isEqualTo(new FilterBackend(Kind.IPTABLES, true, "as this libvirt has nothing else", false, true));
    }

    @Test
    void whatIsConfiguredWinsOverWhatIsThere() {
        assertThat(of("configured=nftables", "default=iptables", "knows=yes", "iptables=yes", "nftables=yes"))
                .isEqualTo(new FilterBackend(Kind.NFTABLES, true, "as its nwfilter.conf says", false, true));
    }

    @Test
    void whereNothingIsConfiguredTheFirstThatIsThereIsTaken() {
        assertThat(of("default=iptables", "knows=yes", "iptables=yes", "nftables=yes"))
                .extracting(FilterBackend::kind, FilterBackend::reason)
                .containsExactly(Kind.IPTABLES, "which it looks for first");
        assertThat(of("default=nftables", "knows=yes", "iptables=yes", "nftables=yes"))
                .extracting(FilterBackend::kind, FilterBackend::reason)
                .containsExactly(Kind.NFTABLES, "which it looks for first");
        assertThat(of("default=iptables", "knows=yes", "nftables=yes"))
                .extracting(FilterBackend::kind, FilterBackend::reason)
                .containsExactly(Kind.NFTABLES, "as iptables, which it looks for first, is not there");
    }

    @Test
    void aDriverThatIsNowhereIsAssumedAndThatIsSaid() {
        assertThat(of("configured=nftables"))
                .extracting(FilterBackend::kind, FilterBackend::isKnown)
                .containsExactly(Kind.NFTABLES, false);
        assertThat(of("iptables=yes"))
                .extracting(FilterBackend::kind, FilterBackend::isKnown, FilterBackend::reason)
                .containsExactly(Kind.IPTABLES, false, "as libvirt's driver for filters is nowhere to be found there");
    }

    @Test
    void whatTheProgramsAndTheKernelTakeIsToldAsItWasTried() {
        assertThat(of("knows=yes", "iptables=yes", "continue=yes", "tracks=no"))
                .extracting(FilterBackend::takesContinue, FilterBackend::tracksBridges)
                .containsExactly(true, false);
        // Where nobody may try, an iptables that refuses and a kernel that knows connections are what most have.
        assertThat(of("knows=yes", "iptables=yes"))
                .extracting(FilterBackend::takesContinue, FilterBackend::tracksBridges)
                .containsExactly(false, true);
    }

    @Test
    void aMachineThatDoesNotTellIsAssumed() {
        var assumed = FilterBackend.assumed("as its machine does not tell");

        assertThat(FilterBackendProbe.of(new Outcome.Ended(255, "", "ssh: connect")))
                .isEqualTo(assumed);
        assertThat(FilterBackendProbe.of(new Outcome.NotStarted("no ssh"))).isEqualTo(assumed);
    }

    private static FilterBackend of(String... lines) {
        return FilterBackendProbe.of(new Outcome.Ended(0, String.join("\n", lines) + "\n", ""));
    }
}
