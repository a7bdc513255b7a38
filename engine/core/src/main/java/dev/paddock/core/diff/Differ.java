package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleBook.below;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.rule.Fill;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a declared document with an observed one. */
public final class Differ {
    private final RuleBook book;
    private final Leaves leaves;
    private final Pairing pairing;
    private final Concealment concealment;

    public Differ(RuleBook book) {
        this.book = book;
        this.leaves = new Leaves(book);
        this.pairing = new Pairing(book);
        this.concealment = new Concealment(book);
    }

    /**
     * Return what differs, in the order of the declared document. What is sensitive is in none of it.
     *
     * @param declaredBefore the paths that were declared when it was last applied, of those that the host may fill
     */
    public List<Change> differences(Element desired, Element observed, Set<String> declaredBefore, Extent extent) {
        var run = new Run(declaredBefore, extent, new ArrayList<>());
        run.element(At.ROOT, "", desired, observed);
        return List.copyOf(run.changes);
    }

    /** Return the paths of a declared document that the host could have filled, so that their end is noticed. */
    public List<String> fillable(Element desired) {
        var run = new Run(Set.of(), Extent.DEFINED, new ArrayList<>());
        List<String> paths = new ArrayList<>();
        run.fillable("", "", desired, paths);
        return paths;
    }

    private final class Run {
        private final Set<String> declaredBefore;
        private final Extent extent;
        private final List<Change> changes;

        Run(Set<String> declaredBefore, Extent extent, List<Change> changes) {
            this.declaredBefore = declaredBefore;
            this.extent = extent;
            this.changes = changes;
        }

        void element(At path, String pattern, Element desired, Element observed) {
            if (desired.equals(observed)) {
                return;
            }
            attributes(path, pattern, desired, observed);
            if (!pattern.isEmpty()
                    && desired.children().isEmpty()
                    && observed.children().isEmpty()) {
                text(path, pattern, desired, observed);
            }
            for (var pair : pairing.children(pattern, desired, observed)) {
                var inner = below(pattern, book.written(pair.either().name()));
                var at = path.below(pair.step(), pair.lasting());
                if (isIgnored(inner)) {
                    continue;
                }
                if (pair.desired().isPresent() && pair.observed().isPresent()) {
                    if (pair.moved()) {
                        report(
                                at,
                                inner,
                                Change.Action.MOVE,
                                pair.observed().flatMap(found -> fragment(inner, found)),
                                Optional.empty());
                    }
                    element(at, inner, pair.desired().get(), pair.observed().get());
                } else if (pair.desired().isPresent()) {
                    if (asks(inner, pair.desired().get(), true)) {
                        report(
                                at,
                                inner,
                                Change.Action.ADD,
                                Optional.empty(),
                                fragment(inner, pair.desired().get()));
                    }
                } else {
                    surplus(at, inner, pair.observed().orElseThrow());
                }
            }
        }

        /**
         * What belongs to others is kept in the definition; a copy of it that runs may be as old as the start. A secret
         * is no copy: it is what opens the door now.
         */
        private boolean isIgnored(String pattern) {
            var rule = book.rule(pattern);
            var fill = rule.fill();
            return fill instanceof Fill.Momentary
                    || (fill instanceof Fill.Others && extent == Extent.RUNNING && !rule.isSensitive());
        }

        private void attributes(At path, String pattern, Element desired, Element observed) {
            var wanted = leaves.attributes(pattern, desired);
            var found = leaves.attributes(pattern, observed);
            wanted.forEach((name, leaf) -> {
                var inner = below(pattern, "@" + name);
                var at = path.below("@" + leaf.spelled());
                var rule = book.rule(inner);
                var other = found.get(name);
                if (isIgnored(inner)) {
                    return;
                }
                if (other == null) {
                    if (!isConstant(rule, leaf.canonical())) {
                        report(at, inner, Change.Action.ADD, Optional.empty(), Optional.of(leaf.text()));
                    }
                } else if (!rule.match().holds(leaf.canonical(), other.canonical())) {
                    report(at, inner, Change.Action.CHANGE, Optional.of(other.text()), Optional.of(leaf.text()));
                }
            });
            found.forEach((name, leaf) -> {
                if (!wanted.containsKey(name)) {
                    surplusLeaf(
                            path.below("@" + leaf.spelled()),
                            below(pattern, "@" + name),
                            leaf.text(),
                            leaf.canonical());
                }
            });
        }

        private void text(At path, String pattern, Element desired, Element observed) {
            var wanted = leaves.text(pattern, desired);
            var found = leaves.text(pattern, observed);
            if (!book.rule(pattern).match().holds(wanted, found)) {
                report(path, pattern, Change.Action.CHANGE, Optional.of(observed.text()), Optional.of(desired.text()));
            }
        }

        private void surplusLeaf(At path, String pattern, String text, String canonical) {
            var rule = book.rule(pattern);
            switch (rule.fill()) {
                case Fill.Nobody nobody ->
                    report(path, pattern, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                case Fill.Constant constant -> {
                    if (!isConstant(rule, canonical)) {
                        report(path, pattern, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                    }
                }
                case Fill.Chosen chosen -> {
                    if (path.isIn(declaredBefore)) {
                        report(path, pattern, Change.Action.RELEASE, Optional.of(text), Optional.empty());
                    }
                }
                case Fill.Others others -> {
                    if (path.isIn(declaredBefore)) {
                        report(path, pattern, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                    }
                }
                case Fill.Momentary momentary -> {}
            }
        }

        /** An element that nobody declared. What of it the host has filled in is no reason to remove it. */
        private void surplus(At path, String pattern, Element observed) {
            if (isReleased(path, pattern)) {
                surplusLeaf(path, pattern, fragment(pattern, observed).orElse(""), leaves.text(pattern, observed));
                return;
            }
            if (asks(pattern, observed, false)) {
                report(path, pattern, Change.Action.REMOVE, fragment(pattern, observed), Optional.empty());
                return;
            }
            if (isFillable(pattern) && !book.isShared(pattern, observed)) {
                return;
            }
            leaves.attributes(pattern, observed)
                    .forEach((name, leaf) -> surplusLeaf(
                            path.below("@" + leaf.spelled()),
                            below(pattern, "@" + name),
                            leaf.text(),
                            leaf.canonical()));
            for (var child : observed.children()) {
                surplus(path.below(book.step(child.name())), below(pattern, book.written(child.name())), child);
            }
        }

        private boolean isReleased(At path, String pattern) {
            return switch (book.rule(pattern).fill()) {
                case Fill.Chosen chosen -> path.isIn(declaredBefore);
                case Fill.Others others -> path.isIn(declaredBefore);
                case Fill.Nobody nobody -> false;
                case Fill.Constant constant -> false;
                case Fill.Momentary momentary -> false;
            };
        }

        void fillable(String path, String pattern, Element desired, List<String> paths) {
            if (isFillable(pattern) && !book.isShared(pattern, desired)) {
                paths.add(path);
                if (book.rule(pattern).fill() instanceof Fill.Others) {
                    return;
                }
            }
            leaves.attributes(pattern, desired).forEach((name, leaf) -> {
                // An empty value stands for none, in the form that documents compare in.
                if (isFillable(below(pattern, "@" + name)) && !leaf.text().isEmpty()) {
                    paths.add(below(path, "@" + leaf.spelled()));
                }
            });
            for (var pair : pairing.children(pattern, desired, desired)) {
                fillable(
                        below(path, pair.lasting()),
                        below(pattern, book.written(pair.either().name())),
                        pair.either(),
                        paths);
            }
        }

        private void report(
                At path, String pattern, Change.Action action, Optional<String> before, Optional<String> after) {
            var rule = book.rule(pattern);
            changes.add(new Change(
                    path.shown(),
                    pattern,
                    action,
                    concealment.hidden(pattern, before),
                    concealment.hidden(pattern, after),
                    extent,
                    rule.cost(),
                    rule.why()));
        }
    }

    private boolean isFillable(String pattern) {
        return !pattern.isEmpty()
                && switch (book.rule(pattern).fill()) {
                    case Fill.Chosen chosen -> true;
                    case Fill.Others others -> true;
                    case Fill.Nobody nobody -> false;
                    case Fill.Constant constant -> false;
                    case Fill.Momentary momentary -> false;
                };
    }

    private static boolean isConstant(Rule rule, String canonical) {
        return rule.fill() instanceof Fill.Constant(String value)
                && rule.canon().apply(value).equals(canonical);
    }

    /**
     * Return whether an element says anything beyond what the host fills in by itself. One without any leaf does, by
     * being there.
     *
     * @param declared whether the user says it: then what the host could have chosen counts as well
     */
    private boolean asks(String pattern, Element element, boolean declared) {
        var rule = book.rule(pattern);
        var attributes = leaves.attributes(pattern, element);
        var isLeaf = element.children().isEmpty() && attributes.isEmpty();
        var isDecided = isLeaf || !(rule.fill() instanceof Fill.Nobody || rule.fill() instanceof Fill.Constant);
        if (isDecided || (element.children().isEmpty() && !element.text().isEmpty())) {
            return leafAsks(rule, leaves.text(pattern, element), declared);
        }
        return attributes.entrySet().stream()
                        .anyMatch(entry -> leafAsks(
                                book.rule(below(pattern, "@" + entry.getKey())),
                                entry.getValue().canonical(),
                                declared))
                || element.children().stream()
                        .anyMatch(child -> asks(below(pattern, book.written(child.name())), child, declared));
    }

    private static boolean leafAsks(Rule rule, String canonical, boolean declared) {
        return switch (rule.fill()) {
            case Fill.Nobody nobody -> true;
            case Fill.Constant constant -> !isConstant(rule, canonical);
            case Fill.Chosen chosen -> declared;
            case Fill.Others others -> declared;
            case Fill.Momentary momentary -> false;
        };
    }

    private Optional<String> fragment(String pattern, Element element) {
        return Optional.of(
                element.attributes().isEmpty() && element.children().isEmpty()
                        ? element.text()
                        : XmlWriting.write(concealment.hidden(pattern, element)).strip());
    }
}
