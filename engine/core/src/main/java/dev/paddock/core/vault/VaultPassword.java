package dev.paddock.core.vault;

/**
 * A password of vaults.
 *
 * @param label the vault id that it is meant for; it is tried for all others as well
 */
public record VaultPassword(String label, String password) {
    /** The label of a password that was given without one. */
    public static final String DEFAULT = "default";

    /** Return a text without the password, so that it can be logged. */
    @Override
    public String toString() {
        return "VaultPassword[" + label + "]";
    }
}
