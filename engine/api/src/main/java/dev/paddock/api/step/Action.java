package dev.paddock.api.step;

import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.resource.ResourceId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One thing to do to a host, complete and as a value. Doing it twice does no harm. */
public sealed interface Action {
    ResourceId target();

    /**
     * Define or redefine.
     *
     * @param validate whether libvirt is to hold the document against its schema, and refuse what is not in it
     */
    record Define(ResourceId target, String xml, boolean validate) implements Action {
        /** Make one that is validated, as all should be. */
        public Define(ResourceId target, String xml) {
            this(target, xml, true);
        }

        public Define withoutValidation() {
            return new Define(target, xml, false);
        }
    }

    /** Remove the definition. */
    record Undefine(ResourceId target) implements Action {}

    /** Start what is defined. */
    record Start(ResourceId target) implements Action {}

    /** Stop what runs, at once. */
    record Stop(ResourceId target) implements Action {}

    /** Make the folder of a storage pool, with the permissions that are declared. Nothing in it is touched. */
    record Build(ResourceId target) implements Action {}

    /**
     * Set the size of a volume, of a running guest's disk as well.
     *
     * @param capacity in bytes
     * @param shrink whether it may become smaller, which loses what is beyond
     */
    record Resize(ResourceId target, long capacity, boolean shrink) implements Action {}

    /** Have an image on the host: make it, and bring it there, where it is not there whole. */
    record Provide(ResourceId target, ImageSpec image) implements Action {}

    record SetAutostart(ResourceId target, boolean enabled) implements Action {}

    /**
     * Change a part of a network by virNetworkUpdate.
     *
     * @param parentIndex which of several parents, -1 when libvirt can tell; see virNetworkUpdate's parentIndex
     * @param scope what to change: an inactive network takes {@code DEFINITION} only
     */
    record UpdateNetwork(ResourceId target, Command command, Section section, int parentIndex, String xml, Scope scope)
            implements Action {
        public UpdateNetwork with(Command other, String part) {
            return new UpdateNetwork(target, other, section, parentIndex, part, scope);
        }
    }

    /**
     * Plug every running guest whose interface is on a network into it again, as stopping and starting the network has
     * orphaned their taps. libvirt takes an update with the same source for no change, so the interface is moved away
     * and back.
     */
    record Replug(ResourceId target) implements Action {}

    /**
     * Wait until a guest that runs is ready. Nothing is changed; a guest that does not become ready in time, or ends
     * meanwhile, fails the action.
     */
    record AwaitReady(ResourceId target, Readiness wanted) implements Action {}

    /**
     * Set the title or description of what runs, or its metadata of one namespace. The definition stays as it is.
     *
     * @param space the namespace, of {@code ELEMENT} only
     * @param text the title, description or XML; absent to remove it
     */
    record SetMetadata(ResourceId target, Metadata what, Optional<String> space, Optional<String> text)
            implements Action {}

    /** An action that only guests know. */
    sealed interface Guest extends Action {}

    /**
     * Ask a guest to shut down, and wait until it has.
     *
     * @param patience how long to wait
     * @param force whether to cut its power after that, losing what it has not written; else the action fails
     */
    record Shutdown(ResourceId target, Duration patience, boolean force) implements Guest {}

    /** Start a guest with its processors stopped. */
    record StartPaused(ResourceId target) implements Guest {}

    record Suspend(ResourceId target) implements Guest {}

    record Resume(ResourceId target) implements Guest {}

    /** Plug a device into a running guest. */
    record AttachDevice(ResourceId target, String xml) implements Guest {}

    /** Change a device of a running guest. The element is complete: what it does not say is taken away. */
    record UpdateDevice(ResourceId target, String xml) implements Guest {}

    /**
     * Take a device from a running guest, and wait until the guest has let go of it.
     *
     * @param xml the element of the live document
     */
    record DetachDevice(ResourceId target, String xml) implements Guest {}

    /** Give a running guest so much memory, by its balloon. */
    record SetMemory(ResourceId target, long kibibytes) implements Guest {}

    /** Give a running guest so many processors. */
    record SetVcpus(ResourceId target, int count) implements Guest {}

    /** Limit the traffic of a running guest's disk, by libvirt's names of limits; 0 is no limit. */
    record SetIoTune(ResourceId target, String disk, Map<String, Long> limits, Optional<String> group)
            implements Guest {
        public SetIoTune {
            limits = Collections.unmodifiableMap(new TreeMap<>(limits));
        }
    }

    /** Collect statistics of a running guest's memory at that interval; 0 for never. */
    record SetMemoryStatistics(ResourceId target, int seconds) implements Guest {}

    /** virDomainMetadataType and virNetworkMetadataType; numbers are libvirt's. */
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

    /** virNetworkUpdateCommand; numbers are libvirt's. */
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

    /** virNetworkUpdateSection; numbers are libvirt's. */
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

    /** virNetworkUpdateFlags; numbers are libvirt's. */
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
