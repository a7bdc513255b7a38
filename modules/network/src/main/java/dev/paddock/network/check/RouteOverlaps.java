package dev.paddock.network.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.xml.Element;
import dev.paddock.network.schema.ForwardMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds subnets to which the host has another way already. */
public final class RouteOverlaps {
    private RouteOverlaps() {}

    /** Return a warning for each overlap: the route may be gone, or be meant, when the network starts. */
    public static List<Diagnostic> of(LocatedResource network, Optional<Element> observed, HostReader host) {
        List<Diagnostic> found = new ArrayList<>();
        if (!ForwardMode.of(network.document()).hasOwnBridge() || !network.runs()) {
            return found;
        }
        var own = observed.flatMap(document -> document.child("bridge"))
                .flatMap(bridge -> bridge.attribute("name"))
                .orElse("");
        var routes = host.routes().stream()
                .filter(route -> !route.device().equals(own))
                .toList();
        for (var ip : LocatedIp.of(network)) {
            ip.subnet().filter(subnet -> !subnet.isIpv6()).ifPresent(subnet -> routes.stream()
                    .filter(route -> AddressBlock.of(route.address(), Integer.toString(route.prefix()))
                            .filter(subnet::overlaps)
                            .isPresent())
                    .findFirst()
                    .ifPresent(route -> found.add(Diagnostic.warning(
                            Code.SUBNETS_OVERLAP,
                            ip.place(),
                            "The host reaches " + route.address() + "/" + route.prefix() + " by its interface '"
                                    + route.device() + "', and the subnet of '" + ip.address() + "' overlaps with it.",
                            "Choose another subnet, unless that interface is to go."))));
        }
        return found;
    }
}
