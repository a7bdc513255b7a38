package dev.paddock.api.step;

import dev.paddock.api.resource.ResourceId;

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

    record SetAutostart(ResourceId target, boolean enabled) implements Action {}

    /**
     * Change a part of a network by virNetworkUpdate.
     *
     * @param parentIndex which of several parents, -1 when libvirt can tell; see virNetworkUpdate's parentIndex
     * @param scope what to change: an inactive network takes {@code DEFINITION} only
     */
    record UpdateNetwork(ResourceId target, Command command, Section section, int parentIndex, String xml, Scope scope)
            implements Action {}

    /**
     * Plug every running guest whose interface is on a network into it again, as stopping and starting the network has
     * orphaned their taps. libvirt takes an update with the same source for no change, so the interface is moved away
     * and back.
     */
    record Replug(ResourceId target) implements Action {}

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
