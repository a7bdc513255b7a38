package dev.paddock.core.inventory;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.source.DiagnosticSink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Selects hosts of an inventory by the patterns of plays and of {@code --limit}. */
public final class HostPatterns {
    private final Inventory inventory;
    private final DiagnosticSink diagnostics;

    public HostPatterns(Inventory inventory, DiagnosticSink diagnostics) {
        this.inventory = inventory;
        this.diagnostics = diagnostics;
    }

    /**
     * Return the hosts that patterns select. A pattern has names and groups, separated by commas, with {@code *} for any
     * characters, and {@code !} before names to exclude.
     *
     * @param place the location of the patterns; absent for the command line
     */
    public Set<String> select(List<String> patterns, Optional<SourceLocation> place) {
        Set<String> included = new LinkedHashSet<>();
        Set<String> excluded = new LinkedHashSet<>();
        var positive = false;
        for (var pattern : patterns) {
            for (var part : pattern.split(",", -1)) {
                var name = part.strip();
                if (name.startsWith("!")) {
                    excluded.addAll(select(name.substring(1).strip(), place));
                } else if (!name.isEmpty()) {
                    positive = true;
                    included.addAll(select(name, place));
                }
            }
        }
        if (!positive && !excluded.isEmpty()) {
            included.addAll(inventory.hosts());
        }
        included.removeAll(excluded);
        return included;
    }

    private Set<String> select(String name, Optional<SourceLocation> place) {
        if (name.contains("*")) {
            var glob = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
            Set<String> matching = new LinkedHashSet<>();
            inventory.hosts().stream()
                    .filter(host -> glob.matcher(host).matches())
                    .forEach(matching::add);
            inventory.groups().stream()
                    .filter(group -> glob.matcher(group).matches())
                    .forEach(group -> matching.addAll(inventory.members(group)));
            return matching;
        }
        if (name.equals(Inventory.ALL) || inventory.groups().contains(name)) {
            return new LinkedHashSet<>(inventory.members(name));
        }
        if (inventory.knows(name)) {
            return new LinkedHashSet<>(Set.of(name));
        }
        if (!inventory.isComplete()) {
            return new LinkedHashSet<>();
        }
        Set<String> known = new LinkedHashSet<>(inventory.hosts());
        known.add(Inventory.LOCAL);
        known.addAll(inventory.groups());
        if (place.isPresent()) {
            diagnostics.unknown(Code.UNKNOWN_HOST, place.get(), "There is no host or group", name, known);
        } else {
            diagnostics.add(Diagnostic.error(
                    Code.UNKNOWN_HOST,
                    "There is no host or group " + diagnostics.quote(name) + ", which --limit names.",
                    DiagnosticSink.allOf(known)));
        }
        return new LinkedHashSet<>();
    }
}
