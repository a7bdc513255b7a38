package dev.paddock.reach.firewall;

/** The reason why libvirt cannot carry out a filter on an interface; never leaves this package. */
final class UnusableFilter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableFilter(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
