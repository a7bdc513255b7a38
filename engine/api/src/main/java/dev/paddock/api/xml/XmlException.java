package dev.paddock.api.xml;

/** XML that cannot be read, or is refused as unsafe. */
public final class XmlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public XmlException(int line, int column, String message) {
        super(message);
        this.line = Math.max(1, line);
        this.column = Math.max(1, column);
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
