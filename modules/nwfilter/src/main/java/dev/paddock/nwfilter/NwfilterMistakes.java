package dev.paddock.nwfilter;

import static dev.paddock.nwfilter.ProtocolMistakes.place;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.value.Value;
import dev.paddock.nwfilter.document.FilterChain;
import dev.paddock.nwfilter.protocol.Protocols;
import java.util.ArrayList;
import java.util.List;

/** Finds errors that the schema of a filter cannot see, because they concern more than one key. */
final class NwfilterMistakes {
    private NwfilterMistakes() {}

    static List<Diagnostic> of(Value.Mapping spec) {
        List<Diagnostic> found = new ArrayList<>();
        priority(spec, found);
        if (spec.get("rules").orElse(null) instanceof Value.Sequence rules) {
            for (var item : rules.items()) {
                if (item instanceof Value.Mapping rule) {
                    item(rule, found);
                }
            }
        }
        return found;
    }

    private static void priority(Value.Mapping spec, List<Diagnostic> found) {
        var priority = spec.text("priority");
        if (priority.isEmpty()) {
            return;
        }
        var place = place(spec, "priority");
        var chain = spec.text("chain");
        if (chain.isEmpty()) {
            found.add(Diagnostic.error(
                    Code.LIBVIRT_DROPS,
                    place,
                    "libvirt ignores the priority of a filter that names no chain.",
                    "Add chain: root, or leave the priority out."));
        } else if (!FilterChain.keepsPriority(chain, priority.get())) {
            found.add(Diagnostic.error(
                    Code.LIBVIRT_DROPS,
                    place,
                    "libvirt does not write down a priority of 0, and would have "
                            + FilterChain.defaultPriority(chain.get())
                            + " in its place after its next start.",
                    "Choose 1 or -1, or leave the priority out."));
        }
    }

    private static void item(Value.Mapping rule, List<Diagnostic> found) {
        if (rule.entries().containsKey("filterref")) {
            rule.entries().keySet().stream()
                    .filter(key -> !key.equals("filterref"))
                    .forEach(key -> found.add(Diagnostic.error(
                            Code.CONFLICTING_KEYS,
                            place(rule, key),
                            "A reference to a filter stands for that filter's own rules, so it has no '" + key + "'.",
                            "Remove '" + key + "', or make it a rule of its own.")));
            return;
        }
        for (var key : List.of("action", "direction")) {
            if (rule.text(key).isEmpty()) {
                found.add(Diagnostic.error(
                        Code.MISSING_KEY,
                        rule.place(),
                        "A rule has to have '" + key + "'.",
                        key.equals("action")
                                ? "Add action: accept, drop, reject, return or continue."
                                : "Add direction: in, out or inout."));
            }
        }
        protocols(rule, found);
    }

    private static void protocols(Value.Mapping rule, List<Diagnostic> found) {
        var names = rule.entries().keySet().stream()
                .filter(key -> !NwfilterSchema.OF_RULE.contains(key))
                .toList();
        if (names.isEmpty()) {
            found.add(Diagnostic.error(
                    Code.MISSING_KEY,
                    rule.place(),
                    "A rule has to say which protocol it is for.",
                    "Add one, such as all: {} for all of IPv4, all-ipv6: {} for all of IPv6, or none: {} for every"
                            + " frame."));
        }
        names.stream()
                .skip(1)
                .forEach(name -> found.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        place(rule, name),
                        "A rule is for one protocol, and this one is for '" + names.getFirst() + "' already.",
                        "Make a second rule for '" + name + "'.")));
        for (var name : names) {
            var protocol = Protocols.named(name);
            if (protocol.isPresent() && rule.get(name).orElse(null) instanceof Value.Mapping attributes) {
                ProtocolMistakes.find(protocol.get(), attributes, found);
            }
        }
    }
}
