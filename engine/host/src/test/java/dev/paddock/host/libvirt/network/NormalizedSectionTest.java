package dev.paddock.host.libvirt.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.step.Action.Section;
import org.junit.jupiter.api.Test;

class NormalizedSectionTest {
    @Test
    void spellingsOfAddressesAreTheSame() {
        assertThat(fragment("<host mac='52:54:00:AA:00:01' ip='2001:DB8:0:0::5'/>"))
                .isEqualTo(fragment("<host ip='2001:db8::5' mac='52:54:00:aa:00:01'/>"));
    }

    @Test
    void countsOfTheMomentAreLeftOut() {
        assertThat(fragment("<interface dev='eth0' connections='3'/>")).isEqualTo(fragment("<interface dev='eth0'/>"));
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(fragment("<txt name='a' value='B'/>")).isNotEqualTo(fragment("<txt name='a' value='b'/>"));
    }

    @Test
    void wholeCoversItsPart() {
        var whole = fragment("<host ip='10.0.0.1'><hostname>a</hostname><hostname>b</hostname></host>");
        assertThat(whole.covers(fragment("<host ip='10.0.0.1'><hostname>b</hostname></host>")))
                .isTrue();
        assertThat(whole.covers(fragment("<host ip='10.0.0.2'><hostname>b</hostname></host>")))
                .isFalse();
    }

    @Test
    void partsOfASectionAreFoundUnderEveryParent() {
        var network = NetworkUpdater.parsed("""
                <network>
                  <dns><host ip='10.0.0.3'/></dns>
                  <ip><dhcp><host ip='10.0.0.1'/></dhcp></ip>
                  <ip><dhcp><host ip='10.0.0.2'/></dhcp></ip>
                </network>""");
        assertThat(NormalizedSection.of(network, Section.IP_DHCP_HOST)).hasSize(2);
        assertThat(NormalizedSection.of(network, Section.DNS_HOST)).hasSize(1);
    }

    private static NormalizedSection fragment(String xml) {
        return NormalizedSection.of(NetworkUpdater.parsed(xml));
    }
}
