package dev.paddock.reach.match;

/** The reason why libvirt cannot carry out a filter on an interface. Never leaves the packages of the firewall. */
public final class UnusableFilterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableFilterException(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
