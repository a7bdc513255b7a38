package dev.paddock.vm.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that say the same to libvirt compare as equal, and others do not. */
class NormalizedVmTest {
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
                    <clock offset='variable'/> | <clock offset='variable' adjustment='0' basis='utc'/>
                    <clock offset='localtime' adjustment='-60'/> | <clock offset='variable' adjustment='-60' basis='localtime'/>
                    <devices><disk type='file'><driver name='qemu' cache='default'/></disk></devices> | <devices><disk type='file'><driver name='qemu'/></disk></devices>
                    <numatune><memory mode='strict' placement='static' nodeset='0'/></numatune> | <numatune><memory mode='strict' nodeset='0'/></numatune>
                    <vcpu placement='auto'>2</vcpu><numatune><memory mode='strict' placement='auto'/></numatune> | <vcpu placement='auto'>2</vcpu>
                    <devices><serial type='pty' tty='/dev/pts/3'><source path='/dev/pts/3'/></serial></devices> | <devices><serial type='pty'/></devices>
                    <features><pmu/><hyperv/><tcg/></features> | <features><pmu state='on'/><hyperv mode='custom'/></features>
                    <features><hyperv><spinlocks state='off' retries='9'/></hyperv></features> | <features><hyperv mode='custom'><spinlocks state='off'/></hyperv></features>
                    <cpu mode='host-model'><model fallback='allow'/></cpu> | <cpu mode='host-model'/>
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
                    <features><pmu/></features> | <features/>
                    <vcpu placement='auto'>2</vcpu> | <vcpu>2</vcpu>
                    <cpu mode='host-model'><model vendor_id='A'/></cpu> | <cpu mode='host-model'><model vendor_id='B'/></cpu>
                    <clock offset='utc' adjustment='reset'/> | <clock offset='utc'/>
                    <devices><disk><target dev='sda'/></disk></devices> | <devices><disk><target dev='sda' bus='sata'/></disk></devices>
                    """)
    void saysSomethingElse(String one, String other) {
        assertThat(form(one)).isNotEqualTo(form(other));
    }

    private static Element form(String inner) {
        try {
            return NormalizedVm.of(XmlReader.read("<domain>" + inner + "</domain>"));
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
