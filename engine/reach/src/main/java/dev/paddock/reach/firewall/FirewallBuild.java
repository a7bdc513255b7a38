package dev.paddock.reach.firewall;

import java.util.List;

/** The result of carrying out a filter on an interface. */
public sealed interface FirewallBuild {

    /** The firewall of the interface. */
    record Ready(Firewall firewall) implements FirewallBuild {}

    /**
     * The VM's address is not given, so libvirt learns it.
     *
     * @param how {@code any}: from the VM's first packet; or {@code dhcp}: from its DHCP lease
     * @param meanwhile the firewall until then
     */
    record Learning(String how, Firewall meanwhile) implements FirewallBuild {}

    /** libvirt rejects the filter. */
    record Refused(String reason, List<String> missingVariables) implements FirewallBuild {
        public Refused {
            missingVariables = List.copyOf(missingVariables);
        }
    }
}
