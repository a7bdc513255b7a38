package dev.paddock.host.libvirt;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.List;
import java.util.Map;

/** Binds filters to interfaces that no guest has, as libvirt itself does for those of guests. */
public final class FilterBindings implements AutoCloseable {
    /** A filter of libvirt's own that nothing refuses. */
    private static final String HARMLESS = "allow-arp";

    private final WriteConnection connection;

    private FilterBindings(WriteConnection connection) {
        this.connection = connection;
    }

    public static FilterBindings open(String uri) {
        return new FilterBindings(WriteConnection.open(uri));
    }

    /**
     * Let a filter stand in the firewall for an interface. Of one that is refused nothing stays there.
     *
     * @throws dev.paddock.api.host.HostException when libvirt refuses, with its reason
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
     * libvirt leaves what it had written to nftables before it was refused, and the rules of the next filter at that port
     * would come after it. What has been bound in its place is taken away whole.
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
        var made = BindingCalls.virNWFilterBindingCreateXML(connection.pointer(), XmlWriting.write(binding), 0);
        if (made == null) {
            return false;
        }
        BindingCalls.virNWFilterBindingFree(made);
        return true;
    }

    /** Take the filter of an interface out of the firewall, if there is one. */
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
