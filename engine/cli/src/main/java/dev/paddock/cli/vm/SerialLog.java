package dev.paddock.cli.vm;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/** Locates the file in which libvirt logs the serial console of a VM. */
final class SerialLog {
    private SerialLog() {}

    /** Return the file on the host; absent if the VM's document names none. */
    static Optional<String> file(Element guest) {
        return guest.children("devices").stream()
                .flatMap(devices -> devices.children("serial").stream())
                .flatMap(serial -> serial.child("log").stream())
                .flatMap(log -> log.attribute("file").stream())
                .findFirst();
    }
}
