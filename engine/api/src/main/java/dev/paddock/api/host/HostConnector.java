package dev.paddock.api.host;

/** Opens connections to hosts. */
public interface HostConnector {
    /** Open a read-only connection. {@link HostException} lists the possible failures. */
    HostReader reader(String uri);

    HostWriter writer(String uri);

    /** Return the resolver for the names of hosts in playbooks. */
    default NameResolver names() {
        return NameResolver.STAND_IN;
    }

    /** Open a connection for looking at VMs and talking to them. */
    default GuestHost guests(String uri) {
        throw new HostException(
                HostException.Failure.UNSUPPORTED, 0, 0, "The guests of " + uri + " cannot be talked to.");
    }
}
