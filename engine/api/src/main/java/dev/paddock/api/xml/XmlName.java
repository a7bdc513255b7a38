package dev.paddock.api.xml;

/**
 * The name of an element or attribute; equal if namespace and local part are, whatever the prefix.
 *
 * @param space namespace URI, empty for none
 * @param prefix the prefix to write it with, empty for none
 */
public record XmlName(String space, String local, String prefix) {
    public static XmlName of(String local) {
        return new XmlName("", local, "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XmlName name && space.equals(name.space) && local.equals(name.local);
    }

    @Override
    public int hashCode() {
        return 31 * space.hashCode() + local.hashCode();
    }

    /** Return the name in the syntax of XPath and XML. */
    @Override
    public String toString() {
        return prefix.isEmpty() ? local : prefix + ":" + local;
    }
}
