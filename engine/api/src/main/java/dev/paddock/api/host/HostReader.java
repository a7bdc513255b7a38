package dev.paddock.api.host;

import dev.paddock.api.resource.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A host that can be read, and only read: an implementation holds a read-only connection.
 *
 * <p>May be used by several threads at once. All methods throw {@link HostException} when the host does not answer; that
 * a single object cannot be read is told by {@link Observed.Unreadable}.
 */
public interface HostReader extends AutoCloseable {
    HostInfo info();

    /**
     * Read objects of a kind, whole.
     *
     * @param names the names to read, each of which is a key of the answer; empty to read all there are
     */
    Map<String, Observed> read(String kind, Optional<Set<String>> names);

    /** Return the interfaces of running guests that are plugged into a network. */
    List<NetworkAttachment> attachments(String network);

    /**
     * Return what uses the file or device of a volume, running or not: guests with it as a disk, volumes that it backs.
     * None where there is no such volume.
     */
    List<VolumeUsage> users(ResourceId volume);

    /** Return whether guests truly run with KVM there, as far as that can be found out from here. */
    boolean accelerates();

    /**
     * Return whether the firewall there is shown what crosses bridges, as far as that can be found out from here; where
     * it is not, the rules of filters for packets do nothing.
     */
    boolean filtersBridges();

    /** Return what carries out filters there, as far as that can be found out from here. */
    FilterBackend filterBackend();

    /** Return the host's IPv4 addresses but those of loopback; nothing where they cannot be found out from here. */
    Optional<List<String>> addresses();

    @Override
    void close();
}
