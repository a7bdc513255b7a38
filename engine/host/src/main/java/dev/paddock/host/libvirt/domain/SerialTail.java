package dev.paddock.host.libvirt.domain;

import dev.paddock.api.xml.Element;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import dev.paddock.host.process.TerminalSanitizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The end of a VM's output on its serial console. */
public final class SerialTail {
    private static final String LINES = "15";

    private SerialTail() {}

    /** Return it without control characters, if the VM has a log that this program can read. */
    public static Optional<String> of(LibvirtMachine machine, Element guest) {
        return guest.children("devices").stream()
                .flatMap(devices -> devices.children("serial").stream())
                .flatMap(serial -> serial.child("log").stream())
                .flatMap(log -> log.attribute("file").stream())
                .findFirst()
                .flatMap(file -> tail(machine, file));
    }

    private static Optional<String> tail(LibvirtMachine machine, String file) {
        try {
            return machine.command(List.of("tail", "-n", LINES, "--", file))
                    .flatMap(command ->
                            Program.of(command.toArray(String[]::new)).run() instanceof ProcessResult.Ended ended
                                            && ended.succeeded()
                                    ? Optional.of(ended.output())
                                    : Optional.empty())
                    .map(text -> TerminalSanitizer.text(text.getBytes(StandardCharsets.UTF_8))
                            .strip())
                    .filter(text -> !text.isEmpty());
        } catch (LabException gone) {
            return Optional.empty();
        }
    }
}
