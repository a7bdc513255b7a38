package dev.paddock.api.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a started VM counts as ready: when all of these hold at the same time.
 *
 * @param agent whether an agent in the guest must answer
 * @param address whether it needs an address that others can reach
 * @param ssh whether an ssh server must answer at one of its addresses
 * @param command a program in the guest that must succeed, with its arguments, run by QEMU's guest agent; empty for
 *     none
 * @param cloudInit whether cloud-init must have done everything for the first boot, as QEMU's guest agent reports
 * @param patience how long to wait
 */
public record Readiness(
        boolean agent, boolean address, boolean ssh, List<String> command, boolean cloudInit, Duration patience) {
    public Readiness {
        command = List.copyOf(command);
    }

    /** Return the conditions in words. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        if (agent) {
            parts.add("its agent");
        }
        if (address) {
            parts.add("an address");
        }
        if (ssh) {
            parts.add("ssh");
        }
        if (cloudInit) {
            parts.add("cloud-init to finish");
        }
        if (!command.isEmpty()) {
            parts.add("`" + String.join(" ", command) + "` to succeed");
        }
        return parts;
    }
}
