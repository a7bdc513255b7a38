package dev.paddock.session;

import dev.paddock.api.change.Change;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlName;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.diff.SecretMask;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Masks what the console cannot recognize as a secret: a value on the host where the playbook has a secret, probably an
 * earlier secret; and short values that are computed from secrets, where they are a whole value of a document.
 */
final class OutputMask {
    private static final Optional<String> SHOWN = Optional.of(SecretMask.SHOWN);

    private final Predicate<String> holdsSecret;

    private final Set<String> secretValues;

    OutputMask(Predicate<String> holdsSecret, Set<String> secretValues) {
        this.secretValues = Set.copyOf(secretValues);
        this.holdsSecret = text -> holdsSecret.test(text) || !masked(text).equals(text);
    }

    HostPlan hidden(HostPlan plan) {
        return new HostPlan(plan.host(), plan.steps().stream().map(this::hidden).toList(), plan.diagnostics());
    }

    private PlanStep hidden(PlanStep step) {
        return new PlanStep(
                step.id(),
                step.place(),
                step.operation(),
                hidden(step.changes()),
                hidden(step.pending()),
                step.actions(),
                step.document().map(this::masked),
                step.undo(),
                step.interrupts(),
                step.after());
    }

    private List<Change> hidden(List<Change> changes) {
        var patterns = changes.stream()
                .filter(change -> change.after().filter(holdsSecret).isPresent())
                .map(Change::pattern)
                .collect(Collectors.toSet());
        return changes.stream()
                .map(change -> isBelow(change.pattern(), patterns) ? hidden(change) : change)
                .toList();
    }

    /** Return a leaf, or the XML of an element, with secret values masked. */
    private String masked(String text) {
        if (secretValues.contains(text)) {
            return SecretMask.SHOWN;
        }
        if (secretValues.isEmpty() || !text.startsWith("<")) {
            return text;
        }
        try {
            var element = XmlReader.read(text);
            var shown = masked(element);
            return shown.equals(element) ? text : XmlWriter.write(shown);
        } catch (XmlException leaf) {
            return text;
        }
    }

    private Element masked(Element element) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        element.attributes()
                .forEach((name, text) -> attributes.put(name, secretValues.contains(text) ? SecretMask.SHOWN : text));
        return new Element(
                element.name(),
                attributes,
                element.children().stream().map(this::masked).toList(),
                secretValues.contains(element.text()) ? SecretMask.SHOWN : element.text());
    }

    private static boolean isBelow(String pattern, Set<String> patterns) {
        return patterns.stream().anyMatch(secret -> pattern.equals(secret) || pattern.startsWith(secret + "/"));
    }

    /** A path contains more than its pattern: the keys of list entries, one of which may be the secret. */
    private static Change hidden(Change change) {
        return new Change(
                change.pattern(),
                change.pattern(),
                change.action(),
                change.before().flatMap(text -> SHOWN),
                change.after().flatMap(text -> SHOWN),
                change.extent(),
                change.cost(),
                change.why());
    }
}
