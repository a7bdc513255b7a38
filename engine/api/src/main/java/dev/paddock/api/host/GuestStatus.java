package dev.paddock.api.host;

import java.util.Optional;

/**
 * How a guest is, now.
 *
 * @param reason how it came to be so, in libvirt's words; absent where that is not known
 * @param kibibytes the memory it has, or would start with
 * @param processors those it has, or would start with
 */
public record GuestStatus(
        String name,
        String uuid,
        State state,
        Optional<String> reason,
        long kibibytes,
        int processors,
        boolean autostart,
        boolean persistent) {

    /** virDomainState, in the words of playbooks where these have one. */
    public enum State {
        UNKNOWN("unknown"),
        RUNNING("running"),
        BLOCKED("running"),
        PAUSED("paused"),
        ENDING("shutting down"),
        STOPPED("stopped"),
        CRASHED("crashed"),
        SUSPENDED("suspended");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** Return the word that people read. */
        public String label() {
            return label;
        }

        /** Return whether there is a QEMU of it. */
        public boolean isActive() {
            return switch (this) {
                case RUNNING, BLOCKED, PAUSED, ENDING, SUSPENDED -> true;
                case UNKNOWN, STOPPED, CRASHED -> false;
            };
        }
    }
}
