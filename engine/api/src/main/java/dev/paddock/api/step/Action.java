package dev.paddock.api.step;

import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.resource.ResourceId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One operation on a host, complete and as a value. Performing it twice is harmless. */
public sealed interface Action {
    ResourceId target();

    /**
     * Define or redefine an object.
     *
     * @param validate whether libvirt validates the document against its schema and refuses unknown parts
     */
    record Define(ResourceId target, String xml, boolean validate) implements Action {
        /** Return an action that validates, as usual. */
        public Define(ResourceId target, String xml) {
            this(target, xml, true);
        }

        public Define withoutValidation() {
            return new Define(target, xml, false);
        }
    }

    /** Remove the definition. */
    record Undefine(ResourceId target) implements Action {}

    /** Start an object. */
    record Start(ResourceId target) implements Action {}

    /** Stop an object at once. */
    record Stop(ResourceId target) implements Action {}

    /** Create the folder of a storage pool, with the declared permissions. Its content is not touched. */
    record Build(ResourceId target) implements Action {}

    /**
     * Set the size of a volume, even if it is a disk of a running VM.
     *
     * @param capacity in bytes
     * @param shrink whether it may become smaller, which loses the data beyond
     */
    record Resize(ResourceId target, long capacity, boolean shrink) implements Action {}

    /** Provide an image on the host: make it and upload it unless it is there and complete. */
    record Provide(ResourceId target, ImageSpec image) implements Action {}

    record SetAutostart(ResourceId target, boolean enabled) implements Action {}

    /**
     * Change a part of a network by virNetworkUpdate.
     *
     * @param parentIndex index among several parents, or -1 if libvirt can determine it; see virNetworkUpdate's
     *     parentIndex
     * @param scope what to change: an inactive network accepts only {@code DEFINITION}
     */
    record UpdateNetwork(ResourceId target, Command command, Section section, int parentIndex, String xml, Scope scope)
            implements Action {
        public UpdateNetwork with(Command other, String part) {
            return new UpdateNetwork(target, other, section, parentIndex, part, scope);
        }
    }

    /**
     * Reconnect all running VMs on a network after its restart, which left their taps without a bridge. libvirt ignores
     * an update with the same source, so each interface is moved away and back.
     */
    record Replug(ResourceId target) implements Action {}

    /**
     * Wait until a running VM is ready, without changing anything. Fails if it is not ready in time or ends meanwhile.
     */
    record AwaitReady(ResourceId target, Readiness wanted) implements Action {}

    /**
     * Set the title, the description, or the metadata of one namespace of a running object. The definition stays as it
     * is.
     *
     * @param space the namespace; only for {@code ELEMENT}
     * @param text the title, description or XML; absent to remove it
     */
    record SetMetadata(ResourceId target, Metadata what, Optional<String> space, Optional<String> text)
            implements Action {}

    /** An action that only VMs support. */
    sealed interface Guest extends Action {}

    /**
     * Ask the guest to shut down, and wait until it has.
     *
     * @param patience how long to wait
     * @param force whether to power off the VM afterwards, which loses unwritten data; without it, the action fails
     */
    record Shutdown(ResourceId target, Duration patience, boolean force) implements Guest {}

    /** Start a VM with its processors stopped. */
    record StartPaused(ResourceId target) implements Guest {}

    /** Give a VM that is off another name. */
    record Rename(ResourceId target, String name) implements Guest {}

    record Suspend(ResourceId target) implements Guest {}

    record Resume(ResourceId target) implements Guest {}

    /** Attach a device to a running VM. */
    record AttachDevice(ResourceId target, String xml) implements Guest {}

    /** Change a device of a running VM. The element is complete: what it omits is removed. */
    record UpdateDevice(ResourceId target, String xml) implements Guest {}

    /**
     * Detach a device from a running VM, and wait until the guest has released it.
     *
     * @param xml the element of the live document
     */
    record DetachDevice(ResourceId target, String xml) implements Guest {}

    /** Set the memory of a running VM, by its balloon. */
    record SetMemory(ResourceId target, long kibibytes) implements Guest {}

    /** Set the number of processors of a running VM. */
    record SetVcpus(ResourceId target, int count) implements Guest {}

    /** Limit the traffic of a disk of a running VM, by libvirt's names of limits; 0 means no limit. */
    record SetIoTune(ResourceId target, String disk, Map<String, Long> limits, Optional<String> group)
            implements Guest {
        public SetIoTune {
            limits = Collections.unmodifiableMap(new TreeMap<>(limits));
        }
    }

    /** Set the interval at which memory statistics of a running VM are collected; 0 for never. */
    record SetMemoryStatistics(ResourceId target, int seconds) implements Guest {}

    /** virDomainMetadataType and virNetworkMetadataType, with libvirt's numbers. */
    enum Metadata {
        DESCRIPTION(0),
        TITLE(1),
        ELEMENT(2);

        private final int number;

        Metadata(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** virNetworkUpdateCommand, with libvirt's numbers. */
    enum Command {
        MODIFY(1),
        DELETE(2),
        ADD_LAST(3),
        ADD_FIRST(4);

        private final int number;

        Command(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** virNetworkUpdateSection, with libvirt's numbers. */
    enum Section {
        IP_DHCP_HOST(4),
        IP_DHCP_RANGE(5),
        FORWARD_INTERFACE(7),
        PORTGROUP(9),
        DNS_HOST(10),
        DNS_TXT(11),
        DNS_SRV(12);

        private final int number;

        Section(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** virNetworkUpdateFlags, with libvirt's numbers. */
    enum Scope {
        LIVE(1),
        DEFINITION(2),
        BOTH(3);

        private final int flags;

        Scope(int flags) {
            this.flags = flags;
        }

        public int flags() {
            return flags;
        }
    }
}
