package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.CurrentUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether the user may access the machine's libvirtd: as root, or by the group {@code libvirt}. */
public enum LibvirtGroup {
    ROOT,
    MEMBER,
    /** The group contains the user, but the login is older than that. */
    NOT_YET,
    OUTSIDER,
    /** There is no such group. */
    NO_GROUP;

    private static final String CHECK = "group libvirt";

    /** Read it for this process. */
    public static LibvirtGroup read(CurrentUser user) {
        try {
            return of(user, Files.readAllLines(Path.of("/etc/group")));
        } catch (IOException unreadable) {
            return of(user, List.of());
        }
    }

    /**
     * Decide it from facts.
     *
     * @param groups the lines of {@code /etc/group} (group(5))
     */
    static LibvirtGroup of(CurrentUser user, List<String> groups) {
        if (user.isRoot()) {
            return ROOT;
        }
        Optional<String[]> group = groups.stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length == 4 && fields[0].equals("libvirt"))
                .findFirst();
        if (group.isEmpty()) {
            return NO_GROUP;
        }
        if (user.groups().stream().map(String::valueOf).anyMatch(group.get()[2]::equals)) {
            return MEMBER;
        }
        return Arrays.asList(group.get()[3].split(",", -1)).contains(user.name()) ? NOT_YET : OUTSIDER;
    }

    /** Return the result as a check. */
    public CheckResult finding(CurrentUser user) {
        return switch (this) {
            case ROOT -> CheckResult.ok(CHECK, "not needed by root");
            case MEMBER -> CheckResult.ok(CHECK, user.name() + " is a member");
            case NOT_YET ->
                denied(
                        "membership not in force yet",
                        "%s is a member of the group libvirt, but logged in before that.".formatted(user.name()),
                        "Log in again.");
            case OUTSIDER ->
                denied(
                        user.name() + " is no member",
                        "%s is not in the group libvirt, which may talk to libvirtd.".formatted(user.name()),
                        "usermod -a -G libvirt %s, then log in again.".formatted(user.name()));
            case NO_GROUP ->
                denied(
                        "there is no such group",
                        "There is no group libvirt on this machine, as libvirtd is not installed.",
                        "apt-get install --no-install-recommends libvirt-daemon-system");
        };
    }

    private static CheckResult denied(String detail, String cause, String fix) {
        return CheckResult.of(CHECK, detail, Diagnostic.error(Code.PERMISSION_DENIED, cause, fix));
    }
}
