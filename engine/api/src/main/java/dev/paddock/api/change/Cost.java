package dev.paddock.api.change;

/** What a change interrupts, from least to most. */
public enum Cost {
    /** Nothing: it is in force at once. */
    LIVE("live"),
    /** Nothing now; it is in force after the next start. */
    NEXT_BOOT("next boot"),
    /** The object is stopped and started. */
    RESTART("restart"),
    /** The object is removed and made anew. */
    REPLACE("replace"),
    /** Data is lost, and no other way leads there. */
    LOSS("data loss");

    private final String label;

    Cost(String label) {
        this.label = label;
    }

    /** Return the word that plans print. */
    public String label() {
        return label;
    }

    public Cost atLeast(Cost other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
