package dev.paddock.network.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.network.schema.ForwardMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what two networks of one host cannot both have. */
public final class NetworkConflicts {
    private NetworkConflicts() {}

    /** A subnet that the host has on a bridge. */
    private record Claim(LocatedIp ip, AddressBlock subnet) {}

    public static List<Diagnostic> of(List<LocatedResource> networks) {
        List<Diagnostic> found = new ArrayList<>();
        var own = networks.stream()
                .filter(network -> ForwardMode.of(network.document()).hasOwnBridge())
                .toList();
        bridges(own, found);
        List<Claim> claims = new ArrayList<>();
        for (var network : own) {
            for (var ip : LocatedIp.of(network)) {
                ip.subnet().ifPresent(subnet -> claims.add(new Claim(ip, subnet)));
            }
        }
        subnets(claims, found);
        return found;
    }

    /** virNetworkObjBridgeInUse: libvirt refuses the second definition. */
    private static void bridges(List<LocatedResource> networks, List<Diagnostic> found) {
        Map<String, LocatedResource> owners = new HashMap<>();
        for (var network : networks) {
            network.document()
                    .child("bridge")
                    .flatMap(bridge -> bridge.attribute("name"))
                    .filter(name -> !name.contains("%"))
                    .ifPresent(name -> {
                        var other = owners.putIfAbsent(name, network);
                        if (other != null) {
                            found.add(Diagnostic.error(
                                    Code.GIVEN_TWICE,
                                    network.at("bridge/name"),
                                    "The bridge '" + name + "' is that of " + other.id() + " at " + other.place()
                                            + " as well, and each network has one of its own.",
                                    "Name another bridge, or leave it out: then libvirt takes a free one."));
                        }
                    });
        }
    }

    private static void subnets(List<Claim> claims, List<Diagnostic> found) {
        List<Claim> sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparing((Claim claim) -> claim.subnet().isIpv6())
                .thenComparing(claim -> claim.subnet().first()));
        var widest = 0;
        for (var i = 1; i < sorted.size(); i++) {
            var earlier = sorted.get(widest);
            var later = sorted.get(i);
            if (earlier.subnet().overlaps(later.subnet())
                    && !earlier.ip().network().id().equals(later.ip().network().id())) {
                found.add(overlap(claims, earlier, later));
            }
            if (!earlier.subnet().overlaps(later.subnet())
                    || later.subnet().last().compareTo(earlier.subnet().last()) > 0) {
                widest = i;
            }
        }
    }

    /**
     * Return the diagnostic for two subnets. Of two networks that run, libvirt starts the second only if its subnet is
     * another one (networkCheckRouteCollision); which of two that overlap gets a packet is the kernel's choice.
     */
    private static Diagnostic overlap(List<Claim> claims, Claim one, Claim other) {
        var first = claims.indexOf(one) < claims.indexOf(other) ? one : other;
        var second = first.equals(one) ? other : one;
        var isSame = one.subnet().equals(other.subnet());
        var collides = isSame
                && !one.subnet().isIpv6()
                && one.ip().network().runs()
                && other.ip().network().runs();
        var detail = "The subnet of '" + second.ip().address() + "' " + (isSame ? "is" : "overlaps with") + " that of "
                + first.ip().network().id() + " at " + first.ip().place()
                + (collides
                        ? ", and libvirt starts only one of two such networks."
                        : ", and the host sends to one of the two only.");
        var fix = "Choose another subnet for one of the two.";
        return collides
                ? Diagnostic.error(Code.SUBNETS_OVERLAP, second.ip().place(), detail, fix)
                : Diagnostic.warning(Code.SUBNETS_OVERLAP, second.ip().place(), detail, fix);
    }
}
