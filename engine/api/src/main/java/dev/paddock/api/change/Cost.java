package dev.paddock.api.change;

/** What a change disrupts, in increasing order. */
public enum Cost {
    /** Nothing: the change takes effect at once. */
    LIVE("live"),
    /** Nothing now: the change takes effect at the next start. */
    NEXT_BOOT("next boot"),
    /** The object is stopped and started. */
    RESTART("restart"),
    /** The object is deleted and recreated. */
    REPLACE("replace"),
    /** Data is lost, and there is no other way. */
    LOSS("data loss");

    private final String label;

    Cost(String label) {
        this.label = label;
    }

    /** Return the word printed in plans. */
    public String label() {
        return label;
    }

    public Cost atLeast(Cost other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
