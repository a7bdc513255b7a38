package dev.paddock.reach.firewall;

import java.util.List;

/** What came of carrying out a filter on an interface. */
public sealed interface FirewallBuild {

    /** The firewall of the interface. */
    record Ready(Firewall firewall) implements FirewallBuild {}

    /**
     * The guest's address is not given, and libvirt learns it.
     *
     * @param how {@code any}: from the guest's first packet; or {@code dhcp}: from its lease
     * @param meanwhile the firewall until then
     */
    record Learning(String how, Firewall meanwhile) implements FirewallBuild {}

    /** libvirt refuses to. */
    record Refused(String reason, List<String> missingVariables) implements FirewallBuild {
        public Refused {
            missingVariables = List.copyOf(missingVariables);
        }
    }
}
