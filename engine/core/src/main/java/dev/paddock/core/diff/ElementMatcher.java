package dev.paddock.core.diff;

import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds which elements of two documents are the same. */
final class ElementMatcher {
    private final RuleIndex book;

    ElementMatcher(RuleIndex book) {
        this.book = book;
    }

    /** Pair the children of two elements; those of the declared one come in their order, the rest follow. */
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
        var naming = new ChildSteps(book, left, right);
        for (var match : matches) {
            pairs.add(new ElementPair(
                    match.desired().map(ChildElement::element),
                    match.observed().map(ChildElement::element),
                    naming.step(match),
                    match.moved()));
        }
        return pairs;
    }

    /** Elements of both sides that are paired with one another: those of one name, or those of one sequence. */
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
            return inTurn(left, right);
        }
        return switch (rule.get()) {
            case ListMatch.Keyed keyed -> byKey(keyed, left, right);
            case ListMatch.Ordered ordered -> align(left, right);
        };
    }

    private static List<ChildMatch> inTurn(List<ChildElement> left, List<ChildElement> right) {
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
            return inTurn(left, right);
        }
        var byKey = new LinkedHashMap<List<Object>, List<ChildElement>>();
        right.forEach(child -> byKey.computeIfAbsent(ElementKeys.of(rule, child), key -> new ArrayList<>())
                .add(child));
        var wanted = new LinkedHashMap<List<Object>, List<ChildElement>>();
        left.forEach(child -> wanted.computeIfAbsent(ElementKeys.of(rule, child), key -> new ArrayList<>())
                .add(child));
        List<ChildMatch> matches = new ArrayList<>();
        List<ChildElement> unmatched = new ArrayList<>();
        List<ChildElement> free = new ArrayList<>();
        wanted.forEach((key, children) -> {
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
        matches.addAll(byLikeness(unmatched, free));
        return matches;
    }

    /** An element whose key was changed is still the same element, as long as something else of it is as before. */
    private static List<ChildMatch> byLikeness(List<ChildElement> left, List<ChildElement> right) {
        List<ChildMatch> matches = new ArrayList<>();
        var free = new ArrayList<>(right);
        for (var child : left) {
            Optional<ChildElement> best = Optional.empty();
            var bestLikeness = 0.0;
            for (var candidate : free) {
                var likeness = likeness(child, candidate);
                if (likeness > bestLikeness) {
                    best = Optional.of(candidate);
                    bestLikeness = likeness;
                }
            }
            best.ifPresent(free::remove);
            matches.add(new ChildMatch(Optional.of(child), best, false));
        }
        free.forEach(child -> matches.add(new ChildMatch(Optional.empty(), Optional.of(child), false)));
        return matches;
    }

    /** Align two sequences with the least editing, after setting aside what is equal at both ends. */
    private static List<ChildMatch> align(List<ChildElement> left, List<ChildElement> right) {
        if (left.size() == 1
                && right.size() == 1
                && left.getFirst().name().equals(right.getFirst().name())) {
            // However unlike they are, to change one into the other is less than to take out and put in.
            return inTurn(left, right);
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
        List<ChildMatch> matches = new ArrayList<>(inTurn(left.subList(0, start), right.subList(0, start)));
        matches.addAll(moves(edit(left.subList(start, endLeft), right.subList(start, endRight))));
        matches.addAll(inTurn(left.subList(endLeft, left.size()), right.subList(endRight, right.size())));
        return matches;
    }

    /** Needleman and Wunsch's alignment. */
    private static List<ChildMatch> edit(List<ChildElement> left, List<ChildElement> right) {
        // A substitution is cheaper than taking out and putting in, so that a changed element stays the same element.
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
                substitution[i - 1][j - 1] = a.name().equals(b.name()) ? 1 - likeness(a, b) : 2;
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
                // At the border there is one way only, which sums of fractions may miss.
                matches.addFirst(new ChildMatch(at(left, --i), Optional.empty(), false));
            } else {
                matches.addFirst(new ChildMatch(Optional.empty(), at(right, --j), false));
            }
        }
        return matches;
    }

    /** What was taken out here and put in there, unchanged, has moved. */
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
                || (left.name().equals(right.name()) && likeness(left, right) == 1);
    }

    /** Return the share of leaves that two elements have in common, 1 when all are. */
    private static double likeness(ChildElement left, ChildElement right) {
        var mine = LeafValues.all(left.path(), left.element());
        var others = new ArrayList<>(LeafValues.all(left.path(), right.element()));
        var all = mine.size() + others.size();
        var common = 0;
        for (var leaf : mine) {
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
