package dev.paddock.core.plan;

/** What a plan does to a resource. */
public enum Operation {
    NONE(" ", "is as declared"),
    CREATE("+", "will be created"),
    ADOPT("&", "will be adopted"),
    UPDATE("~", "will be updated in-place"),
    RESTART("!", "will be updated and restarted"),
    REPLACE("-/+", "must be replaced"),
    DELETE("-", "will be destroyed");

    private final String symbol;
    private final String phrase;

    Operation(String symbol, String phrase) {
        this.symbol = symbol;
        this.phrase = phrase;
    }

    /** Return the symbol that plans print before the address. */
    public String symbol() {
        return symbol;
    }

    /** Return the phrase that plans print after the address. */
    public String phrase() {
        return phrase;
    }

    public boolean isChange() {
        return this != NONE;
    }
}
