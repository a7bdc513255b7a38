package dev.paddock.vm.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import org.junit.jupiter.api.Test;

class BusAddressesTest {
    @Test
    void aPlaceIsTakenHoweverItIsWritten() throws XmlException {
        var guest = XmlReader.read(
                "<domain><devices><disk><address type='pci' domain='0x0000' bus='0' slot='0x04'/></disk></devices></domain>");
        assertThat(BusAddresses.isTaken(
                        XmlReader.read("<address type='pci' bus='0x00' slot='4' function='0x0'/>"), guest))
                .isTrue();
        assertThat(BusAddresses.isTaken(XmlReader.read("<address type='pci' bus='0x00' slot='5'/>"), guest))
                .isFalse();
        assertThat(BusAddresses.isTaken(XmlReader.read("<address type='drive' bus='0' slot='4'/>"), guest))
                .isFalse();
    }
}
