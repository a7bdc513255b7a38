package dev.paddock.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;
import dev.paddock.api.xml.XmlWriting;
import org.junit.jupiter.api.Test;

class ImpliedTest {
    private static final String ITCO = "<watchdog model='itco' action='%s'/>";

    private static Element guest(String devices) throws XmlException {
        return XmlReading.read(
                "<domain><os><type machine='q35'>hvm</type></os><devices>%s</devices></domain>".formatted(devices));
    }

    private static String watchdogs(Element guest) {
        return String.join(
                " ",
                Devices.of(guest, "watchdog").stream()
                        .map(each -> each.attribute("model").orElse("") + ":"
                                + each.attribute("action").orElse(""))
                        .toList());
    }

    @Test
    void theWatchdogOfTheChipsetDoesWhatTheFirstOfTheOthersDoes() throws XmlException {
        var observed = guest(ITCO.formatted("poweroff"));
        assertThat(watchdogs(Implied.in(guest(""), observed))).isEqualTo("itco:reset");
        assertThat(watchdogs(Implied.in(guest("<watchdog model='i6300esb' action='pause'/>"), observed)))
                .isEqualTo("i6300esb:pause itco:pause");
        assertThat(watchdogs(Implied.in(guest(ITCO.formatted("none")), observed)))
                .isEqualTo("itco:none");
    }

    @Test
    void aHostThatHasNoneImpliesNone() throws XmlException {
        assertThat(watchdogs(Implied.in(guest(""), guest("<watchdog model='i6300esb'/>"))))
                .isEmpty();
        var other = XmlReading.read("<domain><os><type machine='pc'>hvm</type></os><devices/></domain>");
        assertThat(watchdogs(Implied.in(other, guest(ITCO.formatted("reset"))))).isEmpty();
    }

    @Test
    void onlyTheFirstDisplayIsOneThatAPcStartsWith() throws XmlException {
        var model = "<video><model type='virtio'%s/></video>";
        var observed = guest(model.formatted(" primary='yes' device='virtio-gpu'") + model.formatted(" device='x'"));
        assertThat(XmlWriting.write(Implied.in(guest(model.formatted("") + model.formatted("")), observed)))
                .contains("device='virtio-vga'", "device='virtio-gpu'");
        assertThat(XmlWriting.write(Implied.in(guest(model.formatted("")), guest(model.formatted("")))))
                .doesNotContain("device=");
    }

    @Test
    void firmwareThatWasChosenForWhatIsDeclaredIsKept() throws XmlException {
        var own = "<domain><os firmware='efi'><type>hvm</type><firmware><feature enabled='%s' name='secure-boot'/>"
                + "</firmware></os><features><acpi/></features></domain>";
        var observed = XmlReading.read(
                own.formatted("yes").replace("</os>", "<loader secure='yes'>/a.fd</loader><nvram>/n</nvram></os>"));
        var kept = XmlWriting.write(Implied.in(XmlReading.read(own.formatted("yes")), observed));
        assertThat(kept).contains("/a.fd", "<nvram>/n</nvram>", "<smm state='on'/>");
        var chosenAnew = XmlWriting.write(Implied.in(XmlReading.read(own.formatted("no")), observed));
        assertThat(chosenAnew).doesNotContain("/a.fd", "smm");
    }
}
