package dev.paddock.host.libvirt.domain;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainWriteCalls;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user that runs QEMU on a host, and its confinement.
 *
 * @param uid negative if libvirt does not report it, as for user sessions
 * @param isGivenFiles whether libvirt changes the owner of a VM's files to this user (dynamic_ownership)
 * @param models the security models in force beside DAC
 */
public record QemuUser(int uid, int gid, boolean isGivenFiles, List<String> models) {
    private static final QemuUser UNKNOWN = new QemuUser(-1, -1, true, List.of());
    private static final Pattern LABEL = Pattern.compile("\\+?(\\d+):\\+?(\\d+)");
    private static final Pattern KEEPS_OWNERS = Pattern.compile("(?m)^\\s*dynamic_ownership\\s*=\\s*0");
    private static final String CONFIGURATION = "etc/libvirt/qemu.conf";

    public QemuUser {
        models = List.copyOf(models);
    }

    /** Read it from the host with this URI. */
    public static QemuUser of(String uri) {
        var connection = WriteConnection.open(uri);
        try {
            return of(connection, LibvirtMachine.of(uri));
        } finally {
            connection.closeQuietly();
        }
    }

    /** Read it from a host's capabilities, and the rest from its configuration, if readable. */
    static QemuUser of(WriteConnection connection, LibvirtMachine machine) {
        var text = DomainWriteCalls.virConnectGetCapabilities(connection.pointer());
        if (text == null) {
            ReadCalls.virResetLastError();
            return UNKNOWN;
        }
        try {
            return of(XmlReader.read(ClientLibrary.take(text)), isGivenFiles(machine));
        } catch (XmlException malformed) {
            return UNKNOWN;
        }
    }

    static QemuUser of(Element capabilities, boolean isGivenFiles) {
        var models = capabilities.children("host").stream()
                .flatMap(host -> host.children("secmodel").stream())
                .toList();
        var label = models.stream()
                .filter(model -> model.childText("model").filter("dac"::equals).isPresent())
                .flatMap(model -> model.childText("baselabel").stream())
                .map(LABEL::matcher)
                .filter(java.util.regex.Matcher::matches)
                .findFirst();
        var others = models.stream()
                .flatMap(model -> model.childText("model").stream())
                .filter(name -> !name.equals("dac") && !name.equals("none"))
                .toList();
        return label.map(found -> new QemuUser(
                        Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), isGivenFiles, others))
                .orElse(new QemuUser(-1, -1, isGivenFiles, others));
    }

    private static boolean isGivenFiles(LibvirtMachine machine) {
        try {
            var file = machine.root().map(root -> root.resolve(CONFIGURATION));
            return file.isEmpty()
                    || !KEEPS_OWNERS.matcher(Files.readString(file.get())).find();
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Return whether libvirt reports the user. */
    public boolean isKnown() {
        return uid >= 0;
    }

    /** Try the access as that user, which includes its groups and access control lists. */
    boolean reallyMay(LibvirtMachine machine, java.nio.file.Path path, int mode) {
        var tests = "rwx";
        for (var i = 0; i < tests.length(); i++) {
            if ((mode & 4 >> i) != 0 && !tries(machine, "-" + tests.charAt(i), path)) {
                return false;
            }
        }
        return true;
    }

    private boolean tries(LibvirtMachine machine, String test, java.nio.file.Path path) {
        var program =
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--init-groups", "test", test, path.toString());
        try {
            return machine.command(program)
                    .map(command -> Program.of(command.toArray(String[]::new)).run())
                    .filter(outcome -> !(outcome instanceof ProcessResult.Ended ended && ended.exitCode() == 1))
                    .isPresent();
        } catch (LabException gone) {
            return true;
        }
    }

    /** Return other possible causes, as a further sentence. */
    String confinement() {
        return Optional.of(models)
                .filter(list -> !list.isEmpty())
                .map(list -> " " + String.join(" and ", list) + " confines QEMU there as well: what it denied is in the"
                        + " kernel's log (`journalctl -k | grep -i denied`)"
                        + (list.contains("selinux") ? ", and `restorecon -Rv FOLDER` puts labels right." : "."))
                .orElse("");
    }

    @Override
    public String toString() {
        return isKnown() ? "the user of the uid " + uid : "the user";
    }
}
