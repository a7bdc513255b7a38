package dev.paddock.cli.vm;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/** Where libvirt keeps what a guest writes to its serial console. */
final class SerialLog {
    private SerialLog() {}

    /** Return the file on the host, where the guest's document names one. */
    static Optional<String> file(Element guest) {
        return guest.children("devices").stream()
                .flatMap(devices -> devices.children("serial").stream())
                .flatMap(serial -> serial.child("log").stream())
                .flatMap(log -> log.attribute("file").stream())
                .findFirst();
    }
}
