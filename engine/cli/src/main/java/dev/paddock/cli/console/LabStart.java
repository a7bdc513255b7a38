package dev.paddock.cli.console;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabEndpoint;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.lab.ReleaseRoot;
import dev.paddock.host.packages.PackagePurpose;
import java.nio.file.Files;
import java.util.Optional;

/** Starts a lab, for all commands that need one. */
public final class LabStart {
    private LabStart() {}

    /** Return the endpoint of the lab. Installs and starts what is missing. */
    public static LabEndpoint start(LabName name, boolean yes, Console console) throws CommandException {
        return start(Lab.named(name), Optional.empty(), yes, console);
    }

    /** Return the endpoint of the lab. If it does not run, start it with the libvirt of a release. */
    public static LabEndpoint start(LabName name, Optional<ReleaseRoot> release, boolean yes, Console console)
            throws CommandException {
        return start(Lab.named(name), release, yes, console);
    }

    /** Return the endpoint of the lab once it responds. */
    public static LabEndpoint start(Lab lab, boolean yes, Console console) throws CommandException {
        return start(lab, Optional.empty(), yes, console);
    }

    private static LabEndpoint start(Lab lab, Optional<ReleaseRoot> release, boolean yes, Console console)
            throws CommandException {
        if (lab.status() instanceof LabStatus.Running running && release.isEmpty()) {
            return running.endpoint();
        }
        if (release.isPresent()) {
            make(release.get(), yes, console);
        } else {
            Installation.require(PackagePurpose.LAB, yes, console);
        }
        try {
            var endpoint = lab.start(release);
            console.tell("Started the lab \"%s\".".formatted(lab.name()));
            return endpoint;
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }

    /** Create the files of a release. Installs what is missing for that. */
    public static void make(ReleaseRoot root, boolean yes, Console console) throws CommandException {
        if (Files.isDirectory(root.folder())) {
            return;
        }
        Installation.require(PackagePurpose.RELEASE, yes, console);
        console.tell("Installing %s into a folder; this takes a few minutes, once.".formatted(root.release()));
        try {
            root.make();
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }
}
