package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleBook.below;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.rule.Fill;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Compares a declared document with an observed one. */
public final class Differ {
    private final RuleBook book;
    private final Pairing pairing;
    private final Concealment concealment;

    public Differ(RuleBook book) {
        this.book = book;
        this.pairing = new Pairing(book);
        this.concealment = new Concealment(book);
    }

    /**
     * Return what differs, in the order of the declared document. What is sensitive is in none of it.
     *
     * @param declaredBefore the paths that were declared when it was last applied, of those that the host may fill
     */
    public List<Change> differences(Element desired, Element observed, Set<String> declaredBefore, Extent extent) {
        return differences(desired, observed, declaredBefore, extent, extent == Extent.RUNNING);
    }

    /**
     * Return what differs.
     *
     * @param copiesOthers whether what belongs to others is a copy in the observed document, which may be as old as the
     *     start
     */
    public List<Change> differences(
            Element desired, Element observed, Set<String> declaredBefore, Extent extent, boolean copiesOthers) {
        var run = new Run(declaredBefore, extent, copiesOthers, new ArrayList<>());
        run.element(At.ROOT, book.root(), desired, observed);
        return List.copyOf(run.changes);
    }

    /** Return the paths of a declared document that the host could have filled, so that their end is noticed. */
    public List<String> fillable(Element desired) {
        var run = new Run(Set.of(), Extent.DEFINED, false, new ArrayList<>());
        List<String> paths = new ArrayList<>();
        run.fillable("", book.root(), desired, paths);
        return paths;
    }

    private final class Run {
        private final Set<String> declaredBefore;
        private final Extent extent;
        private final boolean copiesOthers;
        private final List<Change> changes;

        Run(Set<String> declaredBefore, Extent extent, boolean copiesOthers, List<Change> changes) {
            this.declaredBefore = declaredBefore;
            this.extent = extent;
            this.copiesOthers = copiesOthers;
            this.changes = changes;
        }

        void element(At at, RuledPath path, Element desired, Element observed) {
            if (desired.equals(observed)) {
                return;
            }
            attributes(at, path, desired, observed);
            if (!path.isRoot()
                    && desired.children().isEmpty()
                    && observed.children().isEmpty()) {
                text(at, path, desired, observed);
            }
            for (var pair : pairing.children(path, desired, observed)) {
                var inner = path.element(pair.either().name());
                if (!isIgnored(inner)) {
                    pair(at.below(pair.step()), inner, pair);
                }
            }
        }

        private void pair(At at, RuledPath path, Pair pair) {
            if (pair.desired().isPresent() && pair.observed().isPresent()) {
                if (pair.moved()) {
                    var found = pair.observed().get();
                    report(at, path, Change.Action.MOVE, Optional.of(fragment(path, found)), Optional.empty());
                }
                element(at, path, pair.desired().get(), pair.observed().get());
            } else if (pair.desired().isPresent()) {
                var wanted = pair.desired().get();
                if (asks(path, wanted, true)) {
                    report(at, path, Change.Action.ADD, Optional.empty(), Optional.of(fragment(path, wanted)));
                }
            } else {
                surplus(at, path, pair.observed().orElseThrow());
            }
        }

        /** A secret is no copy, whoever it belongs to: it is what opens the door now. */
        private boolean isIgnored(RuledPath path) {
            return path.fill() instanceof Fill.Momentary
                    || (path.fill() instanceof Fill.Others
                            && copiesOthers
                            && !path.rule().isSensitive());
        }

        private void attributes(At at, RuledPath path, Element desired, Element observed) {
            if (desired.attributes().equals(observed.attributes())) {
                return;
            }
            var wanted = Leaves.attributes(path, desired);
            var found = Leaves.attributes(path, observed);
            wanted.forEach((inner, leaf) -> {
                var other = found.get(inner);
                if (isIgnored(inner)) {
                    return;
                }
                var canonical = leaf.canonical();
                var here = at.below(Step.attribute(leaf.spelled()));
                if (other == null) {
                    if (!inner.isConstant(canonical)) {
                        report(here, inner, Change.Action.ADD, Optional.empty(), Optional.of(leaf.text()));
                    }
                } else if (!inner.rule().match().holds(canonical, other.canonical())) {
                    report(here, inner, Change.Action.CHANGE, Optional.of(other.text()), Optional.of(leaf.text()));
                }
            });
            found.forEach((inner, leaf) -> {
                if (!wanted.containsKey(inner)) {
                    surplus(at, inner, leaf);
                }
            });
        }

        private void text(At at, RuledPath path, Element desired, Element observed) {
            if (!path.rule().match().holds(Leaves.text(path, desired), Leaves.text(path, observed))) {
                report(at, path, Change.Action.CHANGE, Optional.of(observed.text()), Optional.of(desired.text()));
            }
        }

        private void surplus(At at, RuledPath path, Leaves.Leaf leaf) {
            surplusLeaf(at.below(Step.attribute(leaf.spelled())), path, leaf.text(), leaf::canonical);
        }

        private void surplusLeaf(At at, RuledPath path, String text, Supplier<String> canonical) {
            switch (path.fill()) {
                case Fill.Nobody nobody -> report(at, path, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                case Fill.Constant constant -> {
                    if (!path.isConstant(canonical.get())) {
                        report(at, path, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                    }
                }
                case Fill.Chosen chosen -> {
                    if (at.isIn(declaredBefore)) {
                        report(at, path, Change.Action.RELEASE, Optional.of(text), Optional.empty());
                    }
                }
                case Fill.Others others -> {
                    if (at.isIn(declaredBefore)) {
                        report(at, path, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                    }
                }
                case Fill.Momentary momentary -> {}
            }
        }

        /** An element that nobody declared. What of it the host has filled in is no reason to remove it. */
        private void surplus(At at, RuledPath path, Element observed) {
            if (path.isFillable() && at.isIn(declaredBefore)) {
                surplusLeaf(at, path, fragment(path, observed), () -> Leaves.text(path, observed));
                return;
            }
            if (asks(path, observed, false)) {
                report(at, path, Change.Action.REMOVE, Optional.of(fragment(path, observed)), Optional.empty());
                return;
            }
            if (path.isFillable() && !path.isShared(observed)) {
                return;
            }
            Leaves.attributes(path, observed).forEach((inner, leaf) -> surplus(at, inner, leaf));
            for (var child : observed.children()) {
                surplus(at.below(Step.of(book.step(child.name()))), path.element(child.name()), child);
            }
        }

        void fillable(String at, RuledPath path, Element desired, List<String> paths) {
            if (path.isFillable() && !path.isShared(desired)) {
                paths.add(at);
                if (path.fill() instanceof Fill.Others) {
                    return;
                }
            }
            Leaves.attributes(path, desired).forEach((inner, leaf) -> {
                // An empty value stands for none, in the form that documents compare in.
                if (inner.isFillable() && !leaf.text().isEmpty()) {
                    paths.add(below(at, "@" + leaf.spelled()));
                }
            });
            for (var pair : pairing.children(path, desired, desired)) {
                var element = pair.either();
                fillable(below(at, pair.step().lasting()), path.element(element.name()), element, paths);
            }
        }

        private void report(
                At at, RuledPath path, Change.Action action, Optional<String> before, Optional<String> after) {
            changes.add(new Change(
                    at.shown(),
                    path.text(),
                    action,
                    Concealment.hidden(path, before),
                    Concealment.hidden(path, after),
                    extent,
                    path.rule().cost(),
                    path.rule().why()));
        }
    }

    /**
     * Return whether an element says anything beyond what the host fills in by itself. One without any leaf does, by
     * being there.
     *
     * @param declared whether the user says it: then what the host could have chosen counts as well
     */
    private static boolean asks(RuledPath path, Element element, boolean declared) {
        var hasLeaves = !element.attributes().isEmpty() || !element.children().isEmpty();
        var isDecided = !hasLeaves || !(path.fill() instanceof Fill.Nobody || path.fill() instanceof Fill.Constant);
        if (isDecided || (element.children().isEmpty() && !element.text().isEmpty())) {
            return leafAsks(path, () -> Leaves.text(path, element), declared);
        }
        return Leaves.attributes(path, element).entrySet().stream()
                        .anyMatch(entry -> leafAsks(entry.getKey(), entry.getValue()::canonical, declared))
                || element.children().stream().anyMatch(child -> asks(path.element(child.name()), child, declared));
    }

    private static boolean leafAsks(RuledPath path, Supplier<String> canonical, boolean declared) {
        return switch (path.fill()) {
            case Fill.Nobody nobody -> true;
            case Fill.Constant constant -> !path.isConstant(canonical.get());
            case Fill.Chosen chosen -> declared;
            case Fill.Others others -> declared;
            case Fill.Momentary momentary -> false;
        };
    }

    private String fragment(RuledPath path, Element element) {
        return element.attributes().isEmpty() && element.children().isEmpty()
                ? element.text()
                : XmlWriting.write(concealment.hidden(path, element)).strip();
    }
}
