package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleIndex.below;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Compares a declared document with an observed one. */
public final class Differ {
    private final RuleIndex rules;
    private final ElementMatcher matcher;
    private final SecretMask mask;

    public Differ(RuleIndex rules) {
        this.rules = rules;
        this.matcher = new ElementMatcher(rules);
        this.mask = new SecretMask(rules);
    }

    /**
     * Return the differences, in the order of the declared document, with sensitive values masked.
     *
     * @param declaredBefore the paths that were declared when it was last applied, among those that the host may fill
     */
    public List<Change> differences(Element desired, Element observed, Set<String> declaredBefore, Extent extent) {
        return differences(desired, observed, declaredBefore, extent, extent == Extent.RUNNING);
    }

    /**
     * Return the differences, in the order of the declared document, with sensitive values masked.
     *
     * @param copiesOthers whether values of other owners are copies in the observed document, which may be outdated since
     *     the start
     */
    public List<Change> differences(
            Element desired, Element observed, Set<String> declaredBefore, Extent extent, boolean copiesOthers) {
        var run = new Run(declaredBefore, extent, copiesOthers, new ArrayList<>());
        run.element(DocumentPath.ROOT, rules.root(), desired, observed);
        return List.copyOf(run.changes);
    }

    /** Return the declared paths that the host may also fill, so that their removal from the declaration is noticed. */
    public List<String> fillable(Element desired) {
        var run = new Run(Set.of(), Extent.DEFINED, false, new ArrayList<>());
        List<String> paths = new ArrayList<>();
        run.fillable("", rules.root(), desired, paths);
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

        void element(DocumentPath at, RulePath path, Element desired, Element observed) {
            if (desired.equals(observed)) {
                return;
            }
            attributes(at, path, desired, observed);
            if (!path.isRoot()
                    && desired.children().isEmpty()
                    && observed.children().isEmpty()) {
                text(at, path, desired, observed);
            }
            for (var pair : matcher.children(path, desired, observed)) {
                var inner = path.element(pair.either().name());
                if (!isIgnored(inner)) {
                    pair(at.below(pair.step()), inner, pair);
                }
            }
        }

        private void pair(DocumentPath at, RulePath path, ElementPair pair) {
            if (pair.desired().isPresent() && pair.observed().isPresent()) {
                if (pair.moved()) {
                    var found = pair.observed().get();
                    report(at, path, Change.Action.MOVE, Optional.of(fragment(path, found)), Optional.empty());
                }
                element(at, path, pair.desired().get(), pair.observed().get());
            } else if (pair.desired().isPresent()) {
                var desired = pair.desired().get();
                if (ElementContent.isDeclared(path, desired)) {
                    report(at, path, Change.Action.ADD, Optional.empty(), Optional.of(fragment(path, desired)));
                }
            } else {
                surplus(at, path, pair.observed().orElseThrow());
            }
        }

        /** A secret is compared in any case, because the live value is the one that grants access. */
        private boolean isIgnored(RulePath path) {
            return path.fill() instanceof UndeclaredValue.Momentary
                    || (path.fill() instanceof UndeclaredValue.Others
                            && copiesOthers
                            && !path.rule().isSensitive());
        }

        private void attributes(DocumentPath at, RulePath path, Element desired, Element observed) {
            if (desired.attributes().equals(observed.attributes())) {
                return;
            }
            var declared = LeafValues.attributes(path, desired);
            var found = LeafValues.attributes(path, observed);
            declared.forEach((inner, leaf) -> {
                var other = found.get(inner);
                if (isIgnored(inner)) {
                    return;
                }
                var canonical = leaf.canonical();
                var here = at.below(PathStep.attribute(leaf.spelled()));
                if (other == null) {
                    if (!inner.isConstant(canonical)) {
                        report(here, inner, Change.Action.ADD, Optional.empty(), Optional.of(leaf.text()));
                    }
                } else if (!inner.rule().match().holds(canonical, other.canonical())) {
                    report(here, inner, Change.Action.CHANGE, Optional.of(other.text()), Optional.of(leaf.text()));
                }
            });
            found.forEach((inner, leaf) -> {
                if (!declared.containsKey(inner)) {
                    surplus(at, inner, leaf);
                }
            });
        }

        private void text(DocumentPath at, RulePath path, Element desired, Element observed) {
            if (!path.rule().match().holds(LeafValues.text(path, desired), LeafValues.text(path, observed))) {
                report(at, path, Change.Action.CHANGE, Optional.of(observed.text()), Optional.of(desired.text()));
            }
        }

        private void surplus(DocumentPath at, RulePath path, LeafValues.Leaf leaf) {
            surplusLeaf(at.below(PathStep.attribute(leaf.spelled())), path, leaf.text(), leaf::canonical);
        }

        private void surplusLeaf(DocumentPath at, RulePath path, String text, Supplier<String> canonical) {
            switch (path.fill()) {
                case UndeclaredValue.Nobody nobody ->
                    report(at, path, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                case UndeclaredValue.Constant constant -> {
                    if (!path.isConstant(canonical.get())) {
                        report(at, path, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                    }
                }
                case UndeclaredValue.Chosen chosen -> {
                    if (at.isIn(declaredBefore)) {
                        report(at, path, Change.Action.RELEASE, Optional.of(text), Optional.empty());
                    }
                }
                case UndeclaredValue.Others others -> {
                    if (at.isIn(declaredBefore)) {
                        report(at, path, Change.Action.REMOVE, Optional.of(text), Optional.empty());
                    }
                }
                case UndeclaredValue.Momentary momentary -> {}
            }
        }

        /** Report an undeclared element; values in it that the host filled in are no reason to remove it. */
        private void surplus(DocumentPath at, RulePath path, Element observed) {
            if (path.isFillable() && at.isIn(declaredBefore)) {
                surplusLeaf(at, path, fragment(path, observed), () -> LeafValues.text(path, observed));
                return;
            }
            var isDrift = ElementContent.isDrift(path, observed);
            if (isDrift && !ElementContent.isPartly(path, observed)) {
                report(at, path, Change.Action.REMOVE, Optional.of(fragment(path, observed)), Optional.empty());
                return;
            }
            if (!isDrift && path.isFillable() && !path.isShared(observed)) {
                return;
            }
            LeafValues.attributes(path, observed).forEach((inner, leaf) -> surplus(at, inner, leaf));
            for (var child : observed.children()) {
                surplus(at.below(PathStep.of(rules.step(child.name()))), path.element(child.name()), child);
            }
        }

        void fillable(String at, RulePath path, Element desired, List<String> paths) {
            if (path.isFillable() && !path.isShared(desired)) {
                paths.add(at);
                if (path.fill() instanceof UndeclaredValue.Others) {
                    return;
                }
            }
            LeafValues.attributes(path, desired).forEach((inner, leaf) -> {
                // In normalized documents an empty value stands for a missing one.
                if (inner.isFillable() && !leaf.text().isEmpty()) {
                    paths.add(below(at, "@" + leaf.spelled()));
                }
            });
            for (var pair : matcher.children(path, desired, desired)) {
                var element = pair.either();
                fillable(below(at, pair.step().stable()), path.element(element.name()), element, paths);
            }
        }

        private void report(
                DocumentPath at, RulePath path, Change.Action action, Optional<String> before, Optional<String> after) {
            changes.add(new Change(
                    at.shown(),
                    path.text(),
                    action,
                    SecretMask.hidden(path, before),
                    SecretMask.hidden(path, after),
                    extent,
                    path.rule().cost(),
                    path.rule().why()));
        }
    }

    private String fragment(RulePath path, Element element) {
        return element.attributes().isEmpty() && element.children().isEmpty()
                ? element.text()
                : XmlWriter.write(mask.hidden(path, ElementContent.shown(path, element)))
                        .strip();
    }
}
