package dev.paddock.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that say the same to libvirt compare as equal, and others do not. */
class ComparableVmTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    <memory unit='MiB'>64</memory> | <memory unit='KiB'>65536</memory><currentMemory unit='KiB'>65536</currentMemory>
                    <memory unit='KB'>100000</memory> | <memory>97657</memory>
                    <vcpu current='2'>2</vcpu> | <vcpu placement='static'>2</vcpu>
                    <os><type>hvm</type></os> | <os><type>hvm</type><boot dev='hd'/></os>
                    <devices><console type='pty'/></devices> | <devices><serial type='pty'/><console type='pty'><target type='serial'/></console></devices>
                    <devices><graphics type='vnc' port='-1'/></devices> | <devices><graphics type='vnc' autoport='yes'><listen type='address'/></graphics></devices>
                    <devices><input type='mouse' bus='ps2'/></devices> | <devices/>
                    <cpu><model fallback='allow'/></cpu> | <cpu/>
                    <features><vmport/><smm/></features> | <features><vmport state='on'/><smm state='on'/></features>
                    <seclabel type='dynamic' model='none' relabel='yes'/> | <seclabel type='none' model='none'/>
                    <seclabel type='dynamic' relabel='yes'/> | <seclabel type='dynamic'/>
                    <seclabel model='dac'/> | <seclabel type='dynamic' model='dac' relabel='yes'/>
                    <cputune><iothreadsched iothreads='1-3,^2' scheduler='batch'/></cputune> | <cputune><iothreadsched iothreads='1' scheduler='batch'/><iothreadsched iothreads='3' scheduler='batch'/></cputune>
                    """)
    void saysTheSame(String one, String other) {
        assertThat(form(one)).isEqualTo(form(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    <memory unit='MiB'>64</memory> | <memory unit='MiB'>65</memory>
                    <memory>65536</memory> | <memory>65536</memory><currentMemory>32768</currentMemory>
                    <vcpu current='1'>2</vcpu> | <vcpu>2</vcpu>
                    <devices><graphics type='vnc' port='5901'/></devices> | <devices><graphics type='vnc'/></devices>
                    <seclabel type='none' model='dac'/> | <seclabel type='dynamic' model='dac'/>
                    <features><vmport/></features> | <features><vmport state='off'/></features>
                    <features><smm/></features> | <features/>
                    <devices><disk><target dev='sda'/></disk></devices> | <devices><disk><target dev='sda' bus='sata'/></disk></devices>
                    """)
    void saysSomethingElse(String one, String other) {
        assertThat(form(one)).isNotEqualTo(form(other));
    }

    private static Element form(String inner) {
        try {
            return ComparableVm.of(XmlReading.read("<domain>" + inner + "</domain>"));
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
