package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleBook.below;

import dev.paddock.api.rule.Fill;
import dev.paddock.api.rule.Siblings;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds which elements of two documents are the same. */
final class Pairing {
    private final RuleBook book;
    private final Leaves leaves;

    Pairing(RuleBook book) {
        this.book = book;
        this.leaves = new Leaves(book);
    }

    /** Pair the children of two elements; those of the declared one come in their order, the rest follow. */
    List<Pair> children(String pattern, Element desired, Element observed) {
        var left = Child.of(desired);
        var right = Child.of(observed);
        if (left.isEmpty() && right.isEmpty()) {
            return List.of();
        }
        Map<String, Group> groups = new LinkedHashMap<>();
        left.forEach(child -> group(groups, pattern, child).left().add(child));
        right.forEach(child -> group(groups, pattern, child).right().add(child));
        List<Match> matches = new ArrayList<>();
        groups.values().forEach(group -> matches.addAll(match(pattern, group.left(), group.right())));
        matches.sort(Comparator.comparingInt(
                match -> match.desired().map(Child::index).orElse(Integer.MAX_VALUE)));
        List<Pair> pairs = new ArrayList<>();
        // An element's own predicate is asked for once by each of its neighbors.
        Map<List<String>, IdentityHashMap<Child, Optional<String>>> predicates = new HashMap<>();
        for (var match : matches) {
            pairs.add(new Pair(
                    match.desired().map(Child::element),
                    match.observed().map(Child::element),
                    step(pattern, match, left, right, predicates),
                    lasting(pattern, match),
                    match.moved()));
        }
        return pairs;
    }

    /** Elements of both sides that are paired with one another: those of one name, or those of one sequence. */
    private record Group(List<Child> left, List<Child> right) {}

    private Group group(Map<String, Group> groups, String pattern, Child child) {
        var written = book.written(child.name());
        var key = siblings(pattern, child.name()).orElse(null) instanceof Siblings.Ordered(String ignored, String group)
                ? " " + group
                : written;
        return groups.computeIfAbsent(key, name -> new Group(new ArrayList<>(), new ArrayList<>()));
    }

    private Optional<Siblings> siblings(String pattern, Name name) {
        return book.siblings(below(pattern, book.written(name)));
    }

    private List<Match> match(String pattern, List<Child> left, List<Child> right) {
        var any = left.isEmpty() ? right.getFirst() : left.getFirst();
        var rule = siblings(pattern, any.name());
        if (rule.isEmpty()) {
            return inTurn(left, right);
        }
        return switch (rule.get()) {
            case Siblings.Keyed keyed -> byKey(pattern, keyed, left, right);
            case Siblings.Ordered ordered -> align(pattern, left, right);
        };
    }

    private static List<Match> inTurn(List<Child> left, List<Child> right) {
        List<Match> matches = new ArrayList<>();
        for (var i = 0; i < Math.max(left.size(), right.size()); i++) {
            matches.add(new Match(at(left, i), at(right, i), false));
        }
        return matches;
    }

    private List<Match> byKey(String pattern, Siblings.Keyed rule, List<Child> left, List<Child> right) {
        if (left.size() == 1
                && right.size() == 1
                && left.getFirst().element().equals(right.getFirst().element())) {
            return inTurn(left, right);
        }
        var byKey = new LinkedHashMap<String, List<Child>>();
        right.forEach(child -> byKey.computeIfAbsent(key(pattern, rule, child), key -> new ArrayList<>())
                .add(child));
        var wanted = new LinkedHashMap<String, List<Child>>();
        left.forEach(child -> wanted.computeIfAbsent(key(pattern, rule, child), key -> new ArrayList<>())
                .add(child));
        List<Match> matches = new ArrayList<>();
        List<Child> unmatched = new ArrayList<>();
        List<Child> free = new ArrayList<>();
        wanted.forEach((key, children) -> {
            var partners = byKey.getOrDefault(key, List.of());
            byKey.remove(key);
            for (var match : align(pattern, children, partners)) {
                if (match.desired().isPresent() && match.observed().isPresent()) {
                    matches.add(match);
                } else {
                    match.desired().ifPresent(unmatched::add);
                    match.observed().ifPresent(free::add);
                }
            }
        });
        byKey.values().forEach(free::addAll);
        matches.addAll(byLikeness(pattern, unmatched, free));
        return matches;
    }

    /** An element whose key was changed is still the same element, as long as something else of it is as before. */
    private List<Match> byLikeness(String pattern, List<Child> left, List<Child> right) {
        List<Match> matches = new ArrayList<>();
        var free = new ArrayList<>(right);
        for (var child : left) {
            Optional<Child> best = Optional.empty();
            var bestLikeness = 0.0;
            for (var candidate : free) {
                var likeness = likeness(pattern, child, candidate);
                if (likeness > bestLikeness) {
                    best = Optional.of(candidate);
                    bestLikeness = likeness;
                }
            }
            best.ifPresent(free::remove);
            matches.add(new Match(Optional.of(child), best, false));
        }
        free.forEach(child -> matches.add(new Match(Optional.empty(), Optional.of(child), false)));
        return matches;
    }

    /** Align two sequences with the least editing, after setting aside what is equal at both ends. */
    private List<Match> align(String pattern, List<Child> left, List<Child> right) {
        if (left.size() == 1
                && right.size() == 1
                && left.getFirst().name().equals(right.getFirst().name())) {
            // However unlike they are, to change one into the other is less than to take out and put in.
            return inTurn(left, right);
        }
        var start = 0;
        while (start < left.size() && start < right.size() && same(pattern, left.get(start), right.get(start))) {
            start++;
        }
        var endLeft = left.size();
        var endRight = right.size();
        while (endLeft > start && endRight > start && same(pattern, left.get(endLeft - 1), right.get(endRight - 1))) {
            endLeft--;
            endRight--;
        }
        List<Match> matches = new ArrayList<>(inTurn(left.subList(0, start), right.subList(0, start)));
        matches.addAll(moves(pattern, edit(pattern, left.subList(start, endLeft), right.subList(start, endRight))));
        matches.addAll(inTurn(left.subList(endLeft, left.size()), right.subList(endRight, right.size())));
        return matches;
    }

    /** Needleman and Wunsch's alignment. */
    private List<Match> edit(String pattern, List<Child> left, List<Child> right) {
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
                substitution[i - 1][j - 1] = a.name().equals(b.name()) ? 1 - likeness(pattern, a, b) : 2;
                costs[i][j] = Math.min(
                        costs[i - 1][j - 1] + substitution[i - 1][j - 1],
                        Math.min(costs[i - 1][j], costs[i][j - 1]) + gap);
            }
        }
        List<Match> matches = new ArrayList<>();
        var i = left.size();
        var j = right.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && costs[i][j] == costs[i - 1][j - 1] + substitution[i - 1][j - 1]) {
                matches.addFirst(new Match(at(left, --i), at(right, --j), false));
            } else if (j == 0 || (i > 0 && costs[i][j] == costs[i - 1][j] + gap)) {
                // At the border there is one way only, which sums of fractions may miss.
                matches.addFirst(new Match(at(left, --i), Optional.empty(), false));
            } else {
                matches.addFirst(new Match(Optional.empty(), at(right, --j), false));
            }
        }
        return matches;
    }

    /** What was taken out here and put in there, unchanged, has moved. */
    private List<Match> moves(String pattern, List<Match> matches) {
        var removed = new ArrayList<>(
                matches.stream().filter(match -> match.desired().isEmpty()).toList());
        List<Match> result = new ArrayList<>();
        for (var match : matches) {
            var partner = match.observed().isPresent() || match.desired().isEmpty()
                    ? Optional.<Match>empty()
                    : removed.stream()
                            .filter(other -> same(
                                    pattern,
                                    match.desired().get(),
                                    other.observed().orElseThrow()))
                            .findFirst();
            partner.ifPresent(removed::remove);
            result.add(partner.map(other -> new Match(match.desired(), other.observed(), true))
                    .orElse(match));
        }
        result.removeIf(match -> match.desired().isEmpty() && !removed.contains(match));
        return result;
    }

    private boolean same(String pattern, Child left, Child right) {
        return left.element().equals(right.element())
                || (left.name().equals(right.name()) && likeness(pattern, left, right) == 1);
    }

    /** Return the share of leaves that two elements have in common, 1 when all are. */
    private double likeness(String pattern, Child left, Child right) {
        var inner = below(pattern, book.written(left.name()));
        var mine = leaves.all(inner, left.element());
        var others = new ArrayList<>(leaves.all(inner, right.element()));
        var all = mine.size() + others.size();
        var common = 0;
        for (var leaf : mine) {
            if (others.remove(leaf)) {
                common++;
            }
        }
        return all == 0 ? 1 : 2.0 * common / all;
    }

    private String key(String pattern, Siblings.Keyed rule, Child child) {
        var inner = below(pattern, book.written(child.name()));
        for (var alternative : rule.keys()) {
            var parts = alternative.stream()
                    .map(part -> keyPart(inner, part, child.element()))
                    .toList();
            if (parts.stream().allMatch(Optional::isPresent)) {
                return alternative + "=" + parts.stream().map(Optional::get).toList();
            }
        }
        return "";
    }

    private Optional<String> keyPart(String pattern, String part, Element element) {
        if (part.equals(".")) {
            return Optional.of(leaves.text(pattern, element));
        }
        if (part.startsWith("@")) {
            var leaf = leaves.attribute(pattern, element, part.substring(1));
            if (leaf.isPresent()) {
                return Optional.of(leaf.get().canonical());
            }
            return book.rule(below(pattern, part)).fill() instanceof Fill.Constant(String value)
                    ? Optional.of(value)
                    : Optional.empty();
        }
        var slash = part.indexOf('/');
        var name = slash < 0 ? part : part.substring(0, slash);
        var rest = slash < 0 ? "." : part.substring(slash + 1);
        return element.children().stream()
                .filter(child -> book.written(child.name()).equals(name))
                .findFirst()
                .flatMap(child -> keyPart(below(pattern, name), rest, child));
    }

    /** Name an element by its key where it has one, else by its position; by its name alone where that is enough. */
    private String step(
            String pattern,
            Match match,
            List<Child> desired,
            List<Child> observed,
            Map<List<String>, IdentityHashMap<Child, Optional<String>>> predicates) {
        var child = match.observed().or(match::desired).orElseThrow();
        var step = book.step(child.name());
        if (countOf(child.name(), desired) <= 1 && countOf(child.name(), observed) <= 1) {
            return step;
        }
        if (siblings(pattern, child.name()).orElse(null) instanceof Siblings.Keyed keyed) {
            for (var alternative : keyed.keys()) {
                Function<Child, Optional<String>> predicate = each -> predicates
                        .computeIfAbsent(alternative, key -> new IdentityHashMap<>())
                        .computeIfAbsent(each, other -> predicate(pattern, alternative, other));
                var own = predicate.apply(child);
                if (own.isPresent()) {
                    return step
                            + own.get()
                            + among(match.observed().isPresent() ? observed : desired, child, predicate);
                }
            }
        }
        return step + "[" + match.desired().or(match::observed).orElseThrow().position() + "]";
    }

    /** Return the place among those that have the same key, which only some documents have; nothing where it is alone. */
    private static String among(List<Child> all, Child child, Function<Child, Optional<String>> predicate) {
        var own = predicate.apply(child);
        var alike = all.stream()
                .filter(other -> other.name().equals(child.name()))
                .filter(other -> predicate.apply(other).equals(own))
                .toList();
        return alike.size() > 1 ? "[" + (alike.indexOf(child) + 1) + "]" : "";
    }

    private String lasting(String pattern, Match match) {
        var child = match.desired().or(match::observed).orElseThrow();
        var step = book.step(child.name());
        return siblings(pattern, child.name())
                .map(rule -> rule instanceof Siblings.Keyed keyed
                        ? predicate(pattern, keyed, child).orElse("[" + child.position() + "]")
                        : "[" + child.position() + "]")
                .map(predicate -> step + predicate)
                .orElse(step);
    }

    private Optional<String> predicate(String pattern, Siblings.Keyed rule, Child child) {
        return rule.keys().stream()
                .flatMap(alternative -> predicate(pattern, alternative, child).stream())
                .findFirst();
    }

    private static int countOf(Name name, List<Child> children) {
        var count = 0;
        for (var child : children) {
            if (child.name().equals(name)) {
                count++;
            }
        }
        return count;
    }

    private Optional<String> predicate(String pattern, List<String> parts, Child child) {
        var inner = below(pattern, book.written(child.name()));
        var predicate = new StringBuilder();
        for (var part : parts) {
            var value = keyPart(inner, part, child.element());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (part.startsWith("@")) {
                leaves.attribute(inner, child.element(), part.substring(1))
                        .ifPresent(leaf -> predicate.append("[@" + leaf.spelled() + "=" + quoted(leaf.text()) + "]"));
            } else {
                predicate.append("[" + part + "=" + quoted(value.get()) + "]");
            }
        }
        return predicate.isEmpty() ? Optional.empty() : Optional.of(predicate.toString());
    }

    /** XPath has no escapes: a text with both kinds of quotes has to be put together. */
    private static String quoted(String value) {
        if (!value.contains("'")) {
            return "'" + value + "'";
        }
        return value.contains("\"") ? "concat('" + value.replace("'", "', \"'\", '") + "')" : '"' + value + '"';
    }

    private static Optional<Child> at(List<Child> list, int index) {
        return index < list.size() ? Optional.of(list.get(index)) : Optional.empty();
    }

    private record Match(Optional<Child> desired, Optional<Child> observed, boolean moved) {}

    /**
     * An element where it stands.
     *
     * @param index its place among all children, from 0
     * @param position its place among those of its name, from 1, as XPath counts
     */
    private record Child(Element element, int index, int position) {
        static List<Child> of(Element parent) {
            Map<Name, Integer> counts = new HashMap<>();
            List<Child> children = new ArrayList<>();
            for (var element : parent.children()) {
                children.add(new Child(element, children.size(), counts.merge(element.name(), 1, Integer::sum)));
            }
            return children;
        }

        Name name() {
            return element.name();
        }
    }
}
