package dev.paddock.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AptTest {
    private static final PackageNeed NETWORK =
            PackageNeed.driver("network", "for networks", "libvirt-daemon-driver-network", "libvirt-daemon");
    private static final PackageNeed FILTER =
            PackageNeed.driver("nwfilter", "for filters", "libvirt-daemon-driver-nwfilter", "libvirt-daemon");

    @Test
    void theFirstPackageThatTheReleaseHasIsChosen() {
        assertThat(Apt.choose(List.of(NETWORK), Set.of("libvirt-daemon", "libvirt-daemon-driver-network")))
                .containsExactly("libvirt-daemon-driver-network");
    }

    @Test
    void aReleaseThatDoesNotSplitGetsThePackageThatHoldsAll() {
        assertThat(Apt.choose(List.of(NETWORK, FILTER), Set.of("libvirt-daemon")))
                .containsExactly("libvirt-daemon");
    }

    @Test
    void withoutAnyListTheFirstNameIsAsked() {
        assertThat(Apt.choose(List.of(NETWORK), Set.of())).containsExactly("libvirt-daemon-driver-network");
    }

    @Test
    void aPackageWithoutACandidateIsNotAvailable() {
        var policy = """
                libvirt-daemon:
                  Installed: (none)
                  Candidate: 9.0.0-4+deb12u2
                  Version table:
                     9.0.0-4+deb12u2 500
                libvirt-daemon-driver-network:
                  Installed: (none)
                  Candidate: (none)
                  Version table:
                """;

        assertThat(Apt.candidates(policy)).containsExactly("libvirt-daemon");
    }

    @Test
    void anExplanationNamesPackageReasonAndCommand() {
        var explanation = MissingPackages.explain(PackagePurpose.LAB, List.of(NETWORK));

        assertThat(explanation.code()).isEqualTo(Code.PACKAGE_MISSING);
        assertThat(explanation.detail()).contains("libvirt-daemon-driver-network, for networks");
        assertThat(explanation.fix().orElse("")).contains("--yes", "apt-get install", "libvirt-daemon-driver-network");
    }
}
