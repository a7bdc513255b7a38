package dev.paddock.vm.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.vm.document.VmDevices;
import org.junit.jupiter.api.Test;

class ImpliedDevicesTest {
    private static final String ITCO = "<watchdog model='itco' action='%s'/>";

    private static Element guest(String devices) throws XmlException {
        return XmlReader.read(
                "<domain><os><type machine='q35'>hvm</type></os><devices>%s</devices></domain>".formatted(devices));
    }

    private static String watchdogs(Element guest) {
        return String.join(
                " ",
                VmDevices.of(guest, "watchdog").stream()
                        .map(each -> each.attribute("model").orElse("") + ":"
                                + each.attribute("action").orElse(""))
                        .toList());
    }

    @Test
    void theWatchdogOfTheChipsetDoesWhatTheFirstOfTheOthersDoes() throws XmlException {
        var observed = guest(ITCO.formatted("poweroff"));
        assertThat(watchdogs(ImpliedDevices.in(guest(""), observed))).isEqualTo("itco:reset");
        assertThat(watchdogs(ImpliedDevices.in(guest("<watchdog model='i6300esb' action='pause'/>"), observed)))
                .isEqualTo("i6300esb:pause itco:pause");
        assertThat(watchdogs(ImpliedDevices.in(guest(ITCO.formatted("none")), observed)))
                .isEqualTo("itco:none");
    }

    @Test
    void aHostThatHasNoneImpliesNone() throws XmlException {
        assertThat(watchdogs(ImpliedDevices.in(guest(""), guest("<watchdog model='i6300esb'/>"))))
                .isEmpty();
        var other = XmlReader.read("<domain><os><type machine='pc'>hvm</type></os><devices/></domain>");
        assertThat(watchdogs(ImpliedDevices.in(other, guest(ITCO.formatted("reset")))))
                .isEmpty();
    }

    @Test
    void onlyTheFirstDisplayIsOneThatAPcStartsWith() throws XmlException {
        var model = "<video><model type='virtio'%s/></video>";
        var observed = guest(model.formatted(" primary='yes' device='virtio-gpu'") + model.formatted(" device='x'"));
        assertThat(XmlWriter.write(ImpliedDevices.in(guest(model.formatted("") + model.formatted("")), observed)))
                .contains("device='virtio-vga'", "device='virtio-gpu'");
        assertThat(XmlWriter.write(ImpliedDevices.in(guest(model.formatted("")), guest(model.formatted("")))))
                .doesNotContain("device=");
    }

    @Test
    void firmwareThatWasChosenForWhatIsDeclaredIsKept() throws XmlException {
        var own = "<domain><os firmware='efi'><type>hvm</type><firmware><feature enabled='%s' name='secure-boot'/>"
                + "</firmware></os><features><acpi/></features></domain>";
        var observed = XmlReader.read(
                own.formatted("yes").replace("</os>", "<loader secure='yes'>/a.fd</loader><nvram>/n</nvram></os>"));
        var kept = XmlWriter.write(ImpliedDevices.in(XmlReader.read(own.formatted("yes")), observed));
        assertThat(kept).contains("/a.fd", "<nvram>/n</nvram>", "<smm state='on'/>");
        var chosenAnew = XmlWriter.write(ImpliedDevices.in(XmlReader.read(own.formatted("no")), observed));
        assertThat(chosenAnew).doesNotContain("/a.fd", "smm");
    }
}
