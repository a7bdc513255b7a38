package dev.paddock.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What libvirt's words are taken for. */
class LibvirtErrorTest {
    @Test
    void chainsOfTheOtherFamilyThatLibvirtLeftOutAreToldHowToBeMade() {
        var seen = refused(
                "internal error: Failed to run firewall command ip6tables -w -A libvirt-out -m physdev"
                        + " --physdev-is-bridged --physdev-out vnet2 -g FP-vnet2: ip6tables: No chain/target/match by that name.");

        assertThat(seen.whenCalling().advice()).hasValueSatisfying(advice -> assertThat(advice)
                .contains("for chain in in out in-post host-in; do ip6tables -w -N libvirt-$chain; done;")
                .contains("ip6tables -w -I FORWARD 2 -j libvirt-out;"));
        assertThat(seen.whenCalling().reason()).isEqualTo(seen.message());
    }

    @Test
    void otherChainsThatAreMissingAreNotTakenForThem() {
        assertThat(refused("internal error: Failed to run firewall command iptables -w -A FORWARD -j NOWHERE: iptables:"
                                + " No chain/target/match by that name.")
                        .whenCalling()
                        .advice())
                .isEmpty();
    }

    private static LibvirtError refused(String message) {
        return new LibvirtError(LibvirtError.INTERNAL_ERROR, 0, message, 0);
    }
}
