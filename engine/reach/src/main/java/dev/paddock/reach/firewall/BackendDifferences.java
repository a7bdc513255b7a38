package dev.paddock.reach.firewall;

import dev.paddock.api.net.MacAddress;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.reach.match.PacketMatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the rules that a firewall backend silently carries out in another way than they are written. */
public final class BackendDifferences {
    private static final Set<String> EXACT_IN_UNITS = Set.of("type", "flags", "comment");

    private final FilterRule rule;
    private final List<String> found = new ArrayList<>();

    private BackendDifferences(FilterRule rule) {
        this.rule = rule;
    }

    /** Return the differences, one sentence each; empty if the backend follows the rule exactly. */
    public static List<String> of(FirewallBackend backend, FilterRule rule) {
        return switch (backend) {
            case FirewallBackend.Iptables iptables -> List.of();
            case FirewallBackend.Nftables nftables -> new BackendDifferences(rule).byNftables();
        };
    }

    private List<String> byNftables() {
        if (has("ipset")) {
            found.add("The set of addresses is left out, so the rule is for all addresses.");
        }
        if (has("connlimit-above") && rule.direction() != FilterRule.Direction.OUT) {
            found.add("The limit of connections is left out for what gets to the guest.");
        }
        switch (rule.protocol().orElse("")) {
            case "stp" -> units();
            case "arp" -> arp();
            case "rarp" -> rarp();
            case "ip" -> {
                if (rule.negated().contains("protocol")) {
                    found.add("The negated protocol negates IPv4 as well, so the rule matches nothing.");
                }
            }
            case "ipv6" -> {
                if (has("typeend") || has("codeend")) {
                    found.add("The ends of the ranges are left out, so only their starts are matched.");
                }
            }
            case "icmp", "icmpv6" -> {
                if (has("code") && rule.negated().contains("type")) {
                    found.add("Type and code are negated each by itself, so a message that shares one of them is not"
                            + " matched.");
                }
            }
            case "tcp", "tcp-ipv6" -> flags();
            default -> {}
        }
        masks();
        return found;
    }

    private void units() {
        var turned = rule.attributes().keySet().stream()
                .filter(name -> !EXACT_IN_UNITS.contains(name)
                        && !name.contains("address")
                        && !name.contains("mac")
                        && !name.endsWith("-hi"))
                .toList();
        if (!turned.isEmpty()) {
            found.add(
                    "What is said of " + String.join(", ", turned) + " is turned round: the rule matches all others.");
        }
        if (has("root-address-mask") || has("sender-address-mask")) {
            found.add("The address itself is taken for its mask.");
        }
    }

    private void arp() {
        if (has("arpsrcipmask") && has("arpdstipaddr") && !has("arpdstipmask")) {
            found.add("The mask of arpsrcipaddr is laid over arpdstipaddr as well.");
        }
        if (rule.negated().contains("gratuitous")) {
            found.add("Only ARP whose two addresses share no octet is matched.");
        }
    }

    private void rarp() {
        if (has("protocoltype")) {
            found.add("The type of protocol is looked for in another place of the frame.");
        }
        if (rule.direction() == FilterRule.Direction.INOUT
                && rule.attributes().keySet().stream().anyMatch(name -> name.startsWith("arp"))) {
            found.add("The addresses inside of the frame do not change places for what the guest sends.");
        }
    }

    private void flags() {
        Optional.ofNullable(rule.attributes().get("flags"))
                .filter(flags -> flags.contains("/"))
                .map(flags -> PacketMatches.bits(flags.substring(flags.indexOf('/') + 1)))
                .filter(wanted -> Integer.bitCount(wanted) > 1)
                .ifPresent(wanted -> found.add("Any one of the flags is enough."));
    }

    /** The backend applies a mask to the address of the frame, but not to the address of the rule. */
    private void masks() {
        for (var side : List.of("src", "dst")) {
            if (has(side + "macmask") && rule.isForFrames() && isWider(side)) {
                found.add("The rule matches nothing, as " + side + "macaddr has bits that its mask leaves out.");
            }
        }
    }

    private boolean isWider(String side) {
        var address = MacAddress.parse(attribute(side + "macaddr"));
        var mask = MacAddress.parse(attribute(side + "macmask"));
        return address.isPresent()
                && mask.isPresent()
                && (address.get().bits() & ~mask.get().bits()) != 0;
    }

    private String attribute(String name) {
        return rule.attributes().getOrDefault(name, "");
    }

    private boolean has(String attribute) {
        return rule.attributes().containsKey(attribute);
    }
}
