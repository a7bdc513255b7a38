package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibvirtDaemonTest {
    @Test
    void oldReleaseLacksWhatItsChangelogDoesNotName() {
        var finding = LibvirtDaemon.read("release=bookworm\nversion=9.0.0-4+deb12u2\nfixed=CVE-2026-61477\n")
                .fixes();
        assertThat(finding.verdict()).isEqualTo(CheckResult.Verdict.WARNING);
        assertThat(finding.diagnostic().orElseThrow().detail())
                .contains("CVE-2026-18917")
                .doesNotContain("CVE-2026-61477");
    }

    @Test
    void packageOfTheFixedVersionLacksNothing() {
        assertThat(LibvirtDaemon.read("release=trixie\nversion=11.3.0-3+deb13u3\n")
                        .fixes()
                        .verdict())
                .isEqualTo(CheckResult.Verdict.OK);
        assertThat(LibvirtDaemon.read("release=trixie\nversion=11.3.0-3+deb13u2\n")
                        .fixes()
                        .verdict())
                .isEqualTo(CheckResult.Verdict.WARNING);
    }

    @Test
    void nothingIsSaidOfAnUnknownRelease() {
        assertThat(LibvirtDaemon.read("release=forky\nversion=12.8.0-1\n")
                        .fixes()
                        .verdict())
                .isEqualTo(CheckResult.Verdict.SKIPPED);
    }

    @Test
    void socketOfVirtqemudTellsTheLayout() {
        assertThat(LibvirtDaemon.read("modular=yes\ncommon=yes\n").layout().detail())
                .startsWith("modular");
        assertThat(LibvirtDaemon.read("common=yes\n").layout().detail()).startsWith("monolithic");
    }
}
