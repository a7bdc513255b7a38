package dev.paddock.api.resource;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * A declared resource whose fields have positions.
 *
 * @param place where it is declared
 * @param spec the fields that its document is made of; absent for a whole document
 */
public record LocatedResource(
        ResourceId id, Element document, DesiredState state, SourceLocation place, Optional<Value.Mapping> spec) {

    /**
     * Return the position of a field, or else of what contains it.
     *
     * @param path keys and indexes, such as {@code networks/0/filter/name}
     */
    public SourceLocation at(String path) {
        var location = place;
        Optional<Value> reached = spec.map(fields -> fields);
        for (var step : path.split("/", -1)) {
            reached = reached.flatMap(value -> child(value, step));
            if (reached.isEmpty()) {
                break;
            }
            location = reached.get().place();
        }
        return location;
    }

    private static Optional<Value> child(Value value, String step) {
        return switch (value) {
            case Value.Mapping mapping -> mapping.get(step);
            case Value.Sequence sequence ->
                step.matches("[0-9]{1,9}")
                                && Integer.parseInt(step) < sequence.items().size()
                        ? Optional.of(sequence.items().get(Integer.parseInt(step)))
                        : Optional.empty();
            case Value.Scalar scalar -> Optional.empty();
        };
    }

    /** Return what only matters when it runs: warnings, if it is not to run. */
    public List<Diagnostic> whenRunning(List<Diagnostic> mistakes) {
        return runs()
                ? mistakes
                : mistakes.stream()
                        .map(mistake -> new Diagnostic(
                                mistake.code(), Severity.WARNING, mistake.place(), mistake.detail(), mistake.fix()))
                        .toList();
    }

    /** Return whether the resource is to run. */
    public boolean runs() {
        return state == DesiredState.ACTIVE || state == DesiredState.PAUSED;
    }
}
