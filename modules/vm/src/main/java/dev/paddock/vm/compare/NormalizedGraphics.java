package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The form in which graphics are compared: listen addresses only as elements, and the port only if it is fixed. See
 * virDomainGraphicsListensParseXML and virDomainGraphicsDefParseXMLVNC in libvirt's src/conf/domain_conf.c.
 */
final class NormalizedGraphics {
    private static final Set<String> LISTENING = Set.of("vnc", "spice", "rdp");

    private NormalizedGraphics() {}

    static Element of(Element graphics) {
        var type = graphics.attribute("type").orElse("");
        if (!LISTENING.contains(type)) {
            return graphics;
        }
        var form = graphics.attribute("passwd").isPresent()
                ? graphics
                : graphics.withoutAttribute("passwdValidTo").withoutAttribute("connected");
        return listens(ports(form, type));
    }

    private static Element ports(Element graphics, String type) {
        var form = graphics;
        for (var name : List.of("port", "tlsPort")) {
            if (form.attribute(name).filter(NormalizedGraphics::isAny).isPresent()) {
                form = form.withoutAttribute(name);
            }
        }
        var isAuto = graphics.attribute("autoport").filter("yes"::equals).isPresent();
        if (isAuto && !type.equals("rdp")) {
            return form.withoutAttribute("port").withoutAttribute("tlsPort");
        }
        var asks = Set.of("vnc").contains(type)
                ? form.attribute("port").isEmpty()
                : graphics.attribute("port").filter("-1"::equals).isPresent()
                        && graphics.attribute("tlsPort").map("-1"::equals).orElse(true);
        return asks ? form.withAttribute("autoport", "yes") : form.withoutAttribute("autoport");
    }

    private static boolean isAny(String port) {
        return port.equals("-1") || port.matches("0+");
    }

    private static Element listens(Element graphics) {
        var socket = graphics.attribute("socket").or(() -> graphics.children("listen").stream()
                .flatMap(listen -> listen.attribute("socket").stream())
                .findFirst());
        var form = graphics.withoutAttribute("listen").withoutAttribute("socket");
        if (socket.isPresent()) {
            return form.withoutChildren("listen")
                    .withoutAttribute("autoport")
                    .withoutAttribute("port")
                    .plus(Element.of("listen").withAttribute("type", "socket").withAttribute("socket", socket.get()));
        }
        var isSocket = graphics.children("listen").stream()
                .anyMatch(listen ->
                        listen.attribute("type").filter("socket"::equals).isPresent());
        if (isSocket) {
            return form.withoutAttribute("autoport").withoutAttribute("port");
        }
        Optional<String> address = graphics.attribute("listen");
        if (address.isPresent() && form.child("listen").isEmpty()) {
            form = form.plus(
                    Element.of("listen").withAttribute("type", "address").withAttribute("address", address.get()));
        }
        // An address that libvirt chooses is the same as no address.
        return form.withChildren(form.children().stream()
                .filter(child -> !(child.is("listen")
                        && child.attribute("type").map("address"::equals).orElse(true)
                        && child.attribute("address").isEmpty()))
                .toList());
    }
}
