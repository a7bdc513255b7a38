package dev.paddock.network.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The metadata of a running network that can change while it runs. */
public final class LiveMetadata {
    private LiveMetadata() {}

    /**
     * Return the steps that bring the metadata of the running network in line with the new definition, for everything
     * that changes there or has drifted. Metadata that others set on the running network only is left alone.
     */
    public static List<Action> after(
            DesiredResource desired, Observed.Present observed, Element merged, List<Change> changes) {
        var network = desired.id();
        if (!observed.describable() || observed.live().isEmpty()) {
            return List.of();
        }
        var live = observed.live().get();
        List<Action> steps = new ArrayList<>();
        if (touches(changes, "title")) {
            text("title", live, merged)
                    .ifPresent(text ->
                            steps.add(new Action.SetMetadata(network, Action.Metadata.TITLE, Optional.empty(), text)));
        }
        if (touches(changes, "description")) {
            text("description", live, merged)
                    .ifPresent(text -> steps.add(
                            new Action.SetMetadata(network, Action.Metadata.DESCRIPTION, Optional.empty(), text)));
        }
        steps.addAll(marks(network, observed, merged));
        if (touches(changes, "metadata")) {
            var declared = bySpace(desired.document()).keySet();
            steps.addAll(elements(network, live, merged, declared));
        }
        return steps.stream().distinct().toList();
    }

    private static boolean touches(List<Change> changes, String path) {
        return changes.stream().anyMatch(change -> (change.pattern() + "/").startsWith(path + "/"));
    }

    /** Return the text to set; absent if nothing has to be set. An empty inner value removes the text. */
    private static Optional<Optional<String>> text(String name, Element live, Element merged) {
        var wanted = merged.childText(name);
        return wanted.equals(live.childText(name)) ? Optional.empty() : Optional.of(wanted);
    }

    /**
     * Return the steps that repeat on the running network what the definition gains or loses, whether declared or a
     * mark.
     */
    public static List<Action> marks(ResourceId network, Observed.Present observed, Element merged) {
        if (!observed.describable() || observed.live().isEmpty()) {
            return List.of();
        }
        var before = bySpace(observed.defined());
        var after = bySpace(merged);
        var spaces = new TreeSet<>(before.keySet());
        spaces.addAll(after.keySet());
        spaces.removeIf(space -> Objects.equals(before.get(space), after.get(space)));
        return elements(network, observed.live().get(), merged, spaces);
    }

    private static List<Action> elements(ResourceId network, Element live, Element merged, Set<String> spaces) {
        var running = bySpace(live);
        var after = bySpace(merged);
        return spaces.stream()
                .filter(space -> !Objects.equals(running.get(space), after.get(space)))
                .<Action>map(space -> new Action.SetMetadata(
                        network,
                        Action.Metadata.ELEMENT,
                        Optional.of(space),
                        Optional.ofNullable(after.get(space)).map(XmlWriter::write)))
                .toList();
    }

    private static Map<String, Element> bySpace(Element document) {
        Map<String, Element> elements = new LinkedHashMap<>();
        Metadata.all(document)
                .forEach(element -> elements.putIfAbsent(element.name().space(), element));
        return elements;
    }
}
