package dev.paddock.vm.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A change of the data for the first boot of a guest that has booted already. */
public final class FirstBootChange {
    /** The disc is named by the instance and by its content. */
    private static final Pattern DISC = Pattern.compile(".*/([^/]+-seed)-[0-9a-f]+\\.iso");

    private FirstBootChange() {}

    public static List<Diagnostic> remarks(ResourceId id, List<Change> changes, SourceLocation place) {
        return changes.stream()
                .filter(change -> change.pattern().equals("devices/disk/source/@file"))
                .filter(change -> instance(change.before()).isPresent()
                        && instance(change.before()).equals(instance(change.after())))
                .findFirst()
                .map(change -> Diagnostic.warning(
                        Code.FIRST_BOOT_DONE,
                        place,
                        "The data for the first boot of " + id
                                + " changes, and that guest has had it. At its next start,"
                                + " cloud-init takes over the host name and bootcmd, and nothing else: no users, keys,"
                                + " packages, files or commands.",
                        "To have all of it done again at the next start, give cloud_init an 'instance' higher than before,"
                                + " such as instance: 2; the guest is a new machine to cloud-init then, with new ssh host"
                                + " keys. Or remove the VM and its disks, and apply again."))
                .stream()
                .toList();
    }

    private static Optional<String> instance(Optional<String> file) {
        return file.map(DISC::matcher).filter(matcher -> matcher.matches()).map(matcher -> matcher.group(1));
    }
}
