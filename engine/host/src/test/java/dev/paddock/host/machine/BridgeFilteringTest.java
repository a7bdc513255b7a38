package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.process.Outcome;
import org.junit.jupiter.api.Test;

class BridgeFilteringTest {
    @Test
    void oneMeansOn() {
        assertThat(BridgeFiltering.of(new Outcome.Ended(0, "1\n", ""))).isEqualTo(BridgeFiltering.ON);
    }

    @Test
    void zeroMeansOff() {
        assertThat(BridgeFiltering.of(new Outcome.Ended(0, "0\n", ""))).isEqualTo(BridgeFiltering.OFF);
    }

    @Test
    void noSuchSettingMeansThatTheModuleIsNotLoaded() {
        assertThat(BridgeFiltering.of(new Outcome.Ended(1, "", "cat: ... No such file")))
                .isEqualTo(BridgeFiltering.NOT_LOADED);
    }
}
