package dev.paddock.host.libvirt.network;

import dev.paddock.api.xml.Element;
import java.util.Collection;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The name of the bridge that libvirt creates for a network. */
final class BridgeName {
    private static final String NUMBER = "%d";
    private static final String USUAL = "virbr" + NUMBER;

    /** The number of names to choose from, so that concurrent programs choose differently. */
    private static final int SPREAD = 64;

    private BridgeName() {}

    /** Return whether libvirt chooses the name because the document has none, or a pattern. */
    static boolean isChosen(Element network) {
        return GuestInterfaces.makesBridge(network)
                && declared(network).filter(name -> !name.contains(NUMBER)).isEmpty();
    }

    /** Return the document with a free name, one of those that libvirt would choose from. */
    static Element with(Element network, Collection<String> taken, RandomGenerator random) {
        var pattern = declared(network).orElse(USUAL);
        var number = random.nextInt(SPREAD);
        while (taken.contains(pattern.replace(NUMBER, Integer.toString(number)))) {
            number++;
        }
        var bridge = network.child("bridge").orElse(Element.of("bridge"));
        return network.withChild(bridge.withAttribute("name", pattern.replace(NUMBER, Integer.toString(number))));
    }

    private static Optional<String> declared(Element network) {
        return network.child("bridge").flatMap(bridge -> bridge.attribute("name"));
    }
}
