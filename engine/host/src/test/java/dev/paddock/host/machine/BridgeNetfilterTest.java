package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.process.ProcessResult;
import org.junit.jupiter.api.Test;

class BridgeNetfilterTest {
    @Test
    void oneMeansOn() {
        assertThat(BridgeNetfilter.of(new ProcessResult.Ended(0, "1\n", ""))).isEqualTo(BridgeNetfilter.ON);
    }

    @Test
    void zeroMeansOff() {
        assertThat(BridgeNetfilter.of(new ProcessResult.Ended(0, "0\n", ""))).isEqualTo(BridgeNetfilter.OFF);
    }

    @Test
    void noSuchSettingMeansThatTheModuleIsNotLoaded() {
        assertThat(BridgeNetfilter.of(new ProcessResult.Ended(1, "", "cat: ... No such file")))
                .isEqualTo(BridgeNetfilter.NOT_LOADED);
    }
}
