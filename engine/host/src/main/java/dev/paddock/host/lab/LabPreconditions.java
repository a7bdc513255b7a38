package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.CurrentUser;
import java.nio.charset.StandardCharsets;

/** What a lab requires, checked before anything is created. */
final class LabPreconditions {
    private static final int LONGEST_SOCKET_PATH = 107;

    private LabPreconditions() {}

    static void requireRoot() throws LabException {
        if (!CurrentUser.read().isRoot()) {
            throw new LabException(Diagnostic.error(
                    Code.PERMISSION_DENIED,
                    "A lab has namespaces, bridges and firewall rules of its own, and only root can make those.",
                    "Run the same command as root, for example with sudo."));
        }
    }

    static void requireShortPath(LabFolder folder) throws LabException {
        var longest = folder.endpoint().readOnlySocket();
        if (longest.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw new LabException(Diagnostic.error(
                    Code.LAB_FAILED,
                    "The path %s is longer than the %d bytes that a socket's path may have."
                            .formatted(longest, LONGEST_SOCKET_PATH),
                    "Set PADDOCK_LAB_DIR to a shorter path."));
        }
    }
}
