package dev.paddock.api.host;

import java.util.Optional;

/**
 * The current status of a VM.
 *
 * @param reason how it got into this state, in libvirt's words; absent if unknown
 * @param kibibytes its memory, now or at the next start
 * @param processors its processors, now or at the next start
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

    /** virDomainState, in the words of playbooks where they have one. */
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

        /** Return the word used in output. */
        public String label() {
            return label;
        }

        /** Return whether it has a QEMU process. */
        public boolean isActive() {
            return switch (this) {
                case RUNNING, BLOCKED, PAUSED, ENDING, SUSPENDED -> true;
                case UNKNOWN, STOPPED, CRASHED -> false;
            };
        }
    }
}
