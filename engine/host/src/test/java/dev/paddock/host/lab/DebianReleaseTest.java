package dev.paddock.host.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebianReleaseTest {
    @Test
    void aCodenameIsARelease() throws LabException {
        assertThat(DebianRelease.parse("trixie")).isEqualTo(new DebianRelease("trixie", false));
    }

    @Test
    void aSuiteOfBackportsIsItsReleaseWithThem() throws LabException {
        assertThat(DebianRelease.parse("trixie-backports")).isEqualTo(new DebianRelease("trixie", true));
        assertThat(new DebianRelease("trixie", true).suite()).isEqualTo("trixie-backports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Trixie", "13", "../etc", "trixie updates", "-t", "-backports"})
    void whatCannotBeACodenameIsNone(String text) {
        assertThatThrownBy(() -> DebianRelease.parse(text)).isInstanceOf(LabException.class);
    }

    @Test
    void rootsOfOtherPackagesOrSuitesAreOtherRoots() {
        var release = new DebianRelease("trixie", false);
        var plain = new ReleaseRoot(release, List.of()).folder();

        assertThat(new ReleaseRoot(release, List.of()).folder()).isEqualTo(plain);
        assertThat(new ReleaseRoot(release, List.of("gcc")).folder()).isNotEqualTo(plain);
        assertThat(new ReleaseRoot(release.withBackports(), List.of()).folder()).isNotEqualTo(plain);
    }
}
