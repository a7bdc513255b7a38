package dev.paddock.api.host;

/** Opens connections to hosts. */
public interface HostConnector {
    /** Open for reading alone; see {@link HostException} for what may go wrong. */
    HostReader reader(String uri);

    HostWriter writer(String uri);

    /** Return who tells the addresses of hosts that playbooks name. */
    default NameResolver names() {
        return NameResolver.STAND_IN;
    }

    /** Open for looking at guests, and talking to them. */
    default GuestHost guests(String uri) {
        throw new HostException(
                HostException.Failure.UNSUPPORTED, 0, 0, "The guests of " + uri + " cannot be talked to.");
    }
}
