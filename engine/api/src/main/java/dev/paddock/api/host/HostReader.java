package dev.paddock.api.host;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A host that can only be read. Implementations hold a read-only connection.
 *
 * <p>Thread-safe. All methods throw {@link HostException} if the host does not answer. A single object that cannot be
 * read is reported as {@link Observed.Unreadable}.
 */
public interface HostReader extends AutoCloseable {
    HostInfo info();

    /**
     * Read the objects of a kind.
     *
     * @param names the names to read, each of which is a key of the result; empty to read all objects
     */
    Map<String, Observed> read(String kind, Optional<Set<String>> names);

    /** Return the interfaces of running VMs that are attached to a network. */
    List<NetworkAttachment> attachments(String network);

    /**
     * Return what uses the file or device of a volume, running or not: VMs that have it as a disk, volumes that it
     * backs. Empty if there is no such volume.
     */
    List<VolumeUsage> users(ResourceId volume);

    /**
     * Return the sources below the current source of each disk of a VM, by target, as far as the host knows them: from
     * its documents, its snapshots, and the volumes of active storage pools. A source that has several names is
     * returned by each.
     */
    default Map<String, List<Element>> layers(ResourceId vm) {
        return Map.of();
    }

    /** Return whether VMs really run with KVM on the host, as far as that can be detected from here. */
    boolean accelerates();

    /** Return the programs that libvirt chooses from to run VMs, by architecture. */
    Map<String, Set<String>> emulators();

    /**
     * Return whether the host's firewall sees packets that cross bridges, as far as that can be detected from here. If
     * it does not, the filter rules for packets have no effect.
     */
    boolean filtersBridges();

    /** Return what implements filters on the host, as far as that can be detected from here. */
    FilterBackend filterBackend();

    /** Return the host's IPv4 addresses except loopback; absent if they cannot be determined from here. */
    Optional<List<String>> addresses();

    /** Return the host's IPv4 routes except the default one; empty if it does not tell. */
    default List<HostRoute> routes() {
        return List.of();
    }

    /** Return libvirt's capabilities of the host; absent if its driver has none. */
    default Optional<Element> capabilities() {
        return Optional.empty();
    }

    /**
     * Return libvirt's capabilities of VMs of one kind; absent if it cannot run these at all, or does not tell.
     *
     * @param type the hypervisor: kvm or qemu
     */
    default Optional<Element> domainCapabilities(String type, String architecture, String machine) {
        return Optional.empty();
    }

    @Override
    void close();
}
