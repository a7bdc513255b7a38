package dev.paddock.cli;

import dev.paddock.host.lab.Endpoint;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.packages.Purpose;

/** The start of a lab, for whichever command needs one. */
public final class LabStart {
    private LabStart() {}

    /** Return where the lab answers; install and start what is needed for that. */
    public static Endpoint start(LabName name, boolean yes, Console console) throws CommandException {
        var lab = Lab.named(name);
        if (lab.status() instanceof LabStatus.Running running) {
            return running.endpoint();
        }
        Installation.require(Purpose.LAB, yes, console);
        try {
            var endpoint = lab.start();
            console.tell("Started the lab \"%s\".".formatted(name));
            return endpoint;
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }
}
