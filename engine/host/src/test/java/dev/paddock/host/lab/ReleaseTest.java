package dev.paddock.host.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    @Test
    void aCodenameIsARelease() throws LabException {
        assertThat(Release.parse("trixie")).isEqualTo(new Release("trixie", false));
    }

    @Test
    void aSuiteOfBackportsIsItsReleaseWithThem() throws LabException {
        assertThat(Release.parse("trixie-backports")).isEqualTo(new Release("trixie", true));
        assertThat(new Release("trixie", true).suite()).isEqualTo("trixie-backports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Trixie", "13", "../etc", "trixie updates", "-t", "-backports"})
    void whatCannotBeACodenameIsNone(String text) {
        assertThatThrownBy(() -> Release.parse(text)).isInstanceOf(LabException.class);
    }

    @Test
    void rootsOfOtherPackagesOrSuitesAreOtherRoots() {
        var release = new Release("trixie", false);
        var plain = new ReleaseRoot(release, List.of()).folder();

        assertThat(new ReleaseRoot(release, List.of()).folder()).isEqualTo(plain);
        assertThat(new ReleaseRoot(release, List.of("gcc")).folder()).isNotEqualTo(plain);
        assertThat(new ReleaseRoot(release.withBackports(), List.of()).folder()).isNotEqualTo(plain);
    }
}
