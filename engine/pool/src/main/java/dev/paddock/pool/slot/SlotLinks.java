package dev.paddock.pool.slot;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The cables of running guests. They are unplugged while a guest has the addresses of another, so it neither sends nor
 * receives anything as that.
 *
 * @param live returns the document of a running guest
 */
record SlotLinks(Function<PoolSlot, Element> live, Consumer<Action> perform) {
    private static final String LINK = "link";

    /** Unplug the cables. */
    void pull(PoolSlot slot) {
        set(slot, "down");
    }

    /** Plug the cables in again. */
    void plug(PoolSlot slot) {
        set(slot, "up");
    }

    private void set(PoolSlot slot, String state) {
        for (var nic : nics(slot)) {
            if (!state(nic).equals(state)) {
                var changed = nic.withChild(Element.of(LINK).withAttribute("state", state));
                perform.accept(new Action.UpdateDevice(new ResourceId("vm", slot.name()), XmlWriter.write(changed)));
            }
        }
    }

    private static String state(Element nic) {
        return nic.child(LINK).flatMap(link -> link.attribute("state")).orElse("up");
    }

    /** Return the MAC addresses in the memory of a guest, each with the one that is to replace it. */
    Map<String, String> macAddresses(PoolSlot origin, PoolSlot slot) {
        Map<String, String> addresses = new TreeMap<>();
        if (!origin.equals(slot)) {
            for (var nic = 0; nic < nics(slot).size(); nic++) {
                addresses.put(origin.mac(nic), slot.mac(nic));
            }
        }
        return addresses;
    }

    private List<Element> nics(PoolSlot slot) {
        return live.apply(slot).children("devices").stream()
                .flatMap(devices -> devices.children("interface").stream())
                .toList();
    }
}
