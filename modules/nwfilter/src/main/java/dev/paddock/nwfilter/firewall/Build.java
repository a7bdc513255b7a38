package dev.paddock.nwfilter.firewall;

import java.util.List;

/** What came of carrying out a filter on an interface. */
public sealed interface Build {

    /** The firewall of the interface. */
    record Ready(Firewall firewall) implements Build {}

    /**
     * The guest's address is not given, and libvirt learns it.
     *
     * @param how {@code any}: from the guest's first packet; or {@code dhcp}: from its lease
     * @param meanwhile the firewall until then
     */
    record Learning(String how, Firewall meanwhile) implements Build {}

    /** libvirt refuses to. */
    record Refused(String reason, List<String> missingVariables) implements Build {
        public Refused {
            missingVariables = List.copyOf(missingVariables);
        }
    }
}
