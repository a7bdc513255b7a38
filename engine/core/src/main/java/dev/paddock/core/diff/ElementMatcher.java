package dev.paddock.core.diff;

import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Matches the elements of two documents: finds which of them are the same. */
final class ElementMatcher {
    private final RuleIndex rules;

    ElementMatcher(RuleIndex rules) {
        this.rules = rules;
    }

    /** Return the matched children of two elements: the declared ones in their order, then the others. */
    List<ElementPair> children(RulePath path, Element desired, Element observed) {
        var left = ChildElement.of(path, desired);
        var right = ChildElement.of(path, observed);
        if (left.isEmpty() && right.isEmpty()) {
            return List.of();
        }
        Map<Object, Group> groups = new LinkedHashMap<>();
        left.forEach(child -> group(groups, child).left().add(child));
        right.forEach(child -> group(groups, child).right().add(child));
        List<ChildMatch> matches = new ArrayList<>();
        groups.values().forEach(group -> matches.addAll(match(group.left(), group.right())));
        matches.sort(Comparator.comparingInt(
                match -> match.desired().map(ChildElement::index).orElse(Integer.MAX_VALUE)));
        List<ElementPair> pairs = new ArrayList<>();
        var steps = new ChildSteps(rules, left, right);
        for (var match : matches) {
            pairs.add(new ElementPair(
                    match.desired().map(ChildElement::element),
                    match.observed().map(ChildElement::element),
                    steps.step(match),
                    match.moved()));
        }
        return pairs;
    }

    /** The elements of both sides that may match each other: those of one name, or of one sequence. */
    private record Group(List<ChildElement> left, List<ChildElement> right) {}

    private static Group group(Map<Object, Group> groups, ChildElement child) {
        var key = child.path().siblings().orElse(null) instanceof ListMatch.Ordered(String ignored, String group)
                ? group
                : child.path();
        return groups.computeIfAbsent(key, name -> new Group(new ArrayList<>(), new ArrayList<>()));
    }

    private static List<ChildMatch> match(List<ChildElement> left, List<ChildElement> right) {
        var any = left.isEmpty() ? right.getFirst() : left.getFirst();
        var rule = any.path().siblings();
        if (rule.isEmpty()) {
            return inOrder(left, right);
        }
        return switch (rule.get()) {
            case ListMatch.Keyed keyed -> byKey(keyed, left, right);
            case ListMatch.Ordered ordered -> align(left, right);
        };
    }

    private static List<ChildMatch> inOrder(List<ChildElement> left, List<ChildElement> right) {
        List<ChildMatch> matches = new ArrayList<>();
        for (var i = 0; i < Math.max(left.size(), right.size()); i++) {
            matches.add(new ChildMatch(at(left, i), at(right, i), false));
        }
        return matches;
    }

    private static List<ChildMatch> byKey(ListMatch.Keyed rule, List<ChildElement> left, List<ChildElement> right) {
        if (left.size() == 1
                && right.size() == 1
                && left.getFirst().element().equals(right.getFirst().element())) {
            return inOrder(left, right);
        }
        var byKey = new LinkedHashMap<List<Object>, List<ChildElement>>();
        right.forEach(child -> byKey.computeIfAbsent(ElementKeys.of(rule, child), key -> new ArrayList<>())
                .add(child));
        var desired = new LinkedHashMap<List<Object>, List<ChildElement>>();
        left.forEach(child -> desired.computeIfAbsent(ElementKeys.of(rule, child), key -> new ArrayList<>())
                .add(child));
        List<ChildMatch> matches = new ArrayList<>();
        List<ChildElement> unmatched = new ArrayList<>();
        List<ChildElement> free = new ArrayList<>();
        desired.forEach((key, children) -> {
            var partners = byKey.getOrDefault(key, List.of());
            byKey.remove(key);
            for (var match : align(children, partners)) {
                if (match.desired().isPresent() && match.observed().isPresent()) {
                    matches.add(match);
                } else {
                    match.desired().ifPresent(unmatched::add);
                    match.observed().ifPresent(free::add);
                }
            }
        });
        byKey.values().forEach(free::addAll);
        matches.addAll(bySimilarity(unmatched, free));
        return matches;
    }

    /** Match elements whose keys differ by what else they have in common. */
    private static List<ChildMatch> bySimilarity(List<ChildElement> left, List<ChildElement> right) {
        List<ChildMatch> matches = new ArrayList<>();
        var free = new ArrayList<>(right);
        for (var child : left) {
            Optional<ChildElement> best = Optional.empty();
            var bestSimilarity = 0.0;
            for (var candidate : free) {
                var similarity = similarity(child, candidate);
                if (similarity > bestSimilarity) {
                    best = Optional.of(candidate);
                    bestSimilarity = similarity;
                }
            }
            best.ifPresent(free::remove);
            matches.add(new ChildMatch(Optional.of(child), best, false));
        }
        free.forEach(child -> matches.add(new ChildMatch(Optional.empty(), Optional.of(child), false)));
        return matches;
    }

    /** Align two sequences with the fewest edits, after skipping equal elements at both ends. */
    private static List<ChildMatch> align(List<ChildElement> left, List<ChildElement> right) {
        if (left.size() == 1
                && right.size() == 1
                && left.getFirst().name().equals(right.getFirst().name())) {
            // Changing one into the other is cheaper than a removal and an insertion, however different they are.
            return inOrder(left, right);
        }
        var start = 0;
        while (start < left.size() && start < right.size() && same(left.get(start), right.get(start))) {
            start++;
        }
        var endLeft = left.size();
        var endRight = right.size();
        while (endLeft > start && endRight > start && same(left.get(endLeft - 1), right.get(endRight - 1))) {
            endLeft--;
            endRight--;
        }
        List<ChildMatch> matches = new ArrayList<>(inOrder(left.subList(0, start), right.subList(0, start)));
        matches.addAll(moves(edit(left.subList(start, endLeft), right.subList(start, endRight))));
        matches.addAll(inOrder(left.subList(endLeft, left.size()), right.subList(endRight, right.size())));
        return matches;
    }

    /** Align two sequences by the algorithm of Needleman and Wunsch. */
    private static List<ChildMatch> edit(List<ChildElement> left, List<ChildElement> right) {
        // A substitution is cheaper than a removal and an insertion, so that a changed element stays the same element.
        var gap = 0.6;
        var costs = new double[left.size() + 1][right.size() + 1];
        var substitution = new double[left.size()][right.size()];
        for (var i = 1; i <= left.size(); i++) {
            costs[i][0] = i * gap;
        }
        for (var j = 1; j <= right.size(); j++) {
            costs[0][j] = j * gap;
        }
        for (var i = 1; i <= left.size(); i++) {
            for (var j = 1; j <= right.size(); j++) {
                var a = left.get(i - 1);
                var b = right.get(j - 1);
                substitution[i - 1][j - 1] = a.name().equals(b.name()) ? 1 - similarity(a, b) : 2;
                costs[i][j] = Math.min(
                        costs[i - 1][j - 1] + substitution[i - 1][j - 1],
                        Math.min(costs[i - 1][j], costs[i][j - 1]) + gap);
            }
        }
        List<ChildMatch> matches = new ArrayList<>();
        var i = left.size();
        var j = right.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && costs[i][j] == costs[i - 1][j - 1] + substitution[i - 1][j - 1]) {
                matches.addFirst(new ChildMatch(at(left, --i), at(right, --j), false));
            } else if (j == 0 || (i > 0 && costs[i][j] == costs[i - 1][j] + gap)) {
                // At the border only one step is possible; comparing sums of fractions might miss it.
                matches.addFirst(new ChildMatch(at(left, --i), Optional.empty(), false));
            } else {
                matches.addFirst(new ChildMatch(Optional.empty(), at(right, --j), false));
            }
        }
        return matches;
    }

    /** Turn each removal and insertion of the same element into a move. */
    private static List<ChildMatch> moves(List<ChildMatch> matches) {
        var removed = new ArrayList<>(
                matches.stream().filter(match -> match.desired().isEmpty()).toList());
        List<ChildMatch> result = new ArrayList<>();
        for (var match : matches) {
            var partner = match.observed().isPresent() || match.desired().isEmpty()
                    ? Optional.<ChildMatch>empty()
                    : removed.stream()
                            .filter(other ->
                                    same(match.desired().get(), other.observed().orElseThrow()))
                            .findFirst();
            partner.ifPresent(removed::remove);
            result.add(partner.map(other -> new ChildMatch(match.desired(), other.observed(), true))
                    .orElse(match));
        }
        result.removeIf(match -> match.desired().isEmpty() && !removed.contains(match));
        return result;
    }

    private static boolean same(ChildElement left, ChildElement right) {
        return left.element().equals(right.element())
                || (left.name().equals(right.name()) && similarity(left, right) == 1);
    }

    /** Return the share of leaves that two elements have in common, from 0 to 1. */
    private static double similarity(ChildElement left, ChildElement right) {
        var own = LeafValues.all(left.path(), left.element());
        var others = new ArrayList<>(LeafValues.all(left.path(), right.element()));
        var all = own.size() + others.size();
        var common = 0;
        for (var leaf : own) {
            if (others.remove(leaf)) {
                common++;
            }
        }
        return all == 0 ? 1 : 2.0 * common / all;
    }

    private static Optional<ChildElement> at(List<ChildElement> list, int index) {
        return index < list.size() ? Optional.of(list.get(index)) : Optional.empty();
    }
}
