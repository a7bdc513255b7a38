package dev.paddock.host.libvirt.nwfilter;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.BindingCalls;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.List;
import java.util.Map;

/** Binds filters to interfaces without a VM, as libvirt itself does for those of VMs. */
public final class FilterBindings implements AutoCloseable {
    /** A filter of libvirt that is never refused. */
    private static final String HARMLESS = "allow-arp";

    private final WriteConnection connection;

    private FilterBindings(WriteConnection connection) {
        this.connection = connection;
    }

    public static FilterBindings open(String uri) {
        return new FilterBindings(WriteConnection.open(uri));
    }

    /**
     * Install a filter in the firewall for an interface. Nothing of a refused filter stays.
     *
     * @throws dev.paddock.api.host.HostException if libvirt refuses, with its reason
     */
    public void bind(String port, String mac, String filter, Map<String, List<String>> parameters) {
        var filterref = Element.of("filterref").withAttribute("filter", filter);
        for (var parameter : parameters.entrySet()) {
            for (var value : parameter.getValue()) {
                filterref = filterref.plus(Element.of("parameter")
                        .withAttribute("name", parameter.getKey())
                        .withAttribute("value", value));
            }
        }
        var owner = Element.of("owner")
                .plus(Element.of("name").withText("paddock-packets"))
                .plus(Element.of("uuid").withText("70616464-6f63-4b21-8000-000000000001"));
        var binding = binding(port, owner, mac, filterref);
        if (!isMade(binding)) {
            var refused = connection.failure();
            clear(port, owner, mac);
            throw refused;
        }
    }

    /**
     * When libvirt refuses a filter, it leaves the rules already written to nftables, and the next filter at that port
     * would follow them. So another filter is bound to the port and then removed, along with all rules.
     */
    private void clear(String port, Element owner, String mac) {
        if (isMade(binding(port, owner, mac, Element.of("filterref").withAttribute("filter", HARMLESS)))) {
            unbind(port);
        } else {
            ReadCalls.virResetLastError();
        }
    }

    private static Element binding(String port, Element owner, String mac, Element filterref) {
        return Element.of("filterbinding")
                .plus(owner)
                .plus(Element.of("portdev").withAttribute("name", port))
                .plus(Element.of("mac").withAttribute("address", mac))
                .plus(filterref);
    }

    private boolean isMade(Element binding) {
        var made = BindingCalls.virNWFilterBindingCreateXML(connection.pointer(), XmlWriter.write(binding), 0);
        if (made == null) {
            return false;
        }
        BindingCalls.virNWFilterBindingFree(made);
        return true;
    }

    /** Remove the filter of an interface from the firewall, if there is one. */
    public void unbind(String port) {
        var binding = BindingCalls.virNWFilterBindingLookupByPortDev(connection.pointer(), port);
        if (binding == null) {
            ReadCalls.virResetLastError();
            return;
        }
        try {
            if (BindingCalls.virNWFilterBindingDelete(binding) < 0) {
                throw connection.failure();
            }
        } finally {
            BindingCalls.virNWFilterBindingFree(binding);
        }
    }

    @Override
    public void close() {
        connection.call(connection::close);
    }
}
