package dev.paddock.host.libvirt.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import org.junit.jupiter.api.Test;

class QemuUserTest {
    private static QemuUser of(String models) throws XmlException {
        return QemuUser.of(XmlReader.read("<capabilities><host>" + models + "</host></capabilities>"), true);
    }

    @Test
    void theHostTellsAsWhomAndHowConfined() throws XmlException {
        var user = of("""
                <secmodel><model>apparmor</model><doi>0</doi></secmodel>
                <secmodel><model>dac</model><doi>0</doi><baselabel type='kvm'>+64055:+107</baselabel></secmodel>""");
        assertThat(user.isKnown()).isTrue();
        assertThat(user.uid()).isEqualTo(64055);
        assertThat(user.gid()).isEqualTo(107);
        assertThat(user.confinement()).contains("apparmor confines QEMU").doesNotContain("restorecon");
    }

    @Test
    void aSessionDoesNotTell() throws XmlException {
        assertThat(of("").isKnown()).isFalse();
        assertThat(of("<secmodel><model>none</model></secmodel>").confinement()).isEmpty();
        assertThat(of("<secmodel><model>selinux</model></secmodel>").confinement())
                .contains("restorecon");
    }
}
