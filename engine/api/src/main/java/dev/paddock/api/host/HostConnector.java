package dev.paddock.api.host;

/** Opens connections to hosts. */
public interface HostConnector {
    /** Open for reading alone; see {@link HostException} for what may go wrong. */
    HostReader reader(String uri);

    HostWriter writer(String uri);
}
