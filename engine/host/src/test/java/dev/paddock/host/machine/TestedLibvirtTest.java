package dev.paddock.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostInfo.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestedLibvirtTest {
    @ParameterizedTest
    @CsvSource({"8,10,false", "9,0,true", "9,10,true", "11,3,true", "12,9,true", "12,10,false", "13,0,false"})
    void versionsOutsideOfWhatWasTestedAreTold(int major, int minor, boolean tested) {
        var info = new HostInfo("qemu:///system", "QEMU", new Version(major, minor, 2));
        assertThat(TestedLibvirt.warning(info).isEmpty()).isEqualTo(tested);
    }
}
