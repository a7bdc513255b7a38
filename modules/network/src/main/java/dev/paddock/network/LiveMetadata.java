package dev.paddock.network;

import dev.paddock.api.change.Change;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.Desired;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import dev.paddock.api.xml.XmlWriting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a running network says of itself, where that can change while it runs. */
final class LiveMetadata {
    private LiveMetadata() {}

    /**
     * Return the steps after which what runs says what the definition then says, of all that changes there or was told
     * to differ. What others have told the running network alone is theirs.
     */
    static List<Action> after(Desired desired, Observed.Present observed, Element merged, List<Change> changes) {
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

    /** Return the text to set, if there is one to set; within, none removes it. */
    private static Optional<Optional<String>> text(String name, Element live, Element merged) {
        var wanted = merged.childText(name);
        return wanted.equals(live.childText(name)) ? Optional.empty() : Optional.of(wanted);
    }

    /** Return the steps that bring to what runs what the definition gets or loses, be it declared or a mark. */
    static List<Action> marks(ResourceId network, Observed.Present observed, Element merged) {
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
                        Optional.ofNullable(after.get(space)).map(XmlWriting::write)))
                .toList();
    }

    private static Map<String, Element> bySpace(Element document) {
        Map<String, Element> elements = new LinkedHashMap<>();
        Metadata.all(document)
                .forEach(element -> elements.putIfAbsent(element.name().space(), element));
        return elements;
    }
}
