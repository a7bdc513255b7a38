package dev.paddock.testkit.evidence;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.testkit.generate.MutationSites;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where two documents of libvirt's own differ, found by their form alone: no rule of the engine has a say in it.
 *
 * @param before the places in the first that are others, or not there, in the second
 * @param after the places in the second
 */
record DocumentDifferences(Set<String> before, Set<String> after) {
    static DocumentDifferences between(Element before, Element after) {
        var spots = new DocumentDifferences(new LinkedHashSet<>(), new LinkedHashSet<>());
        spots.compare(before, after, "", "");
        return spots;
    }

    /** Return these and others. */
    DocumentDifferences and(DocumentDifferences others) {
        var both = new DocumentDifferences(new LinkedHashSet<>(before), new LinkedHashSet<>(after));
        both.before.addAll(others.before);
        both.after.addAll(others.after);
        return both;
    }

    boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    private void compare(Element one, Element other, String left, String right) {
        one.attributes().forEach((name, value) -> {
            if (!value.equals(other.attributes().get(name))) {
                before.add(left + "@" + MutationSites.written(name));
                if (other.attributes().containsKey(name)) {
                    after.add(right + "@" + MutationSites.written(name));
                }
            }
        });
        other.attributes().keySet().stream()
                .filter(name -> !one.attributes().containsKey(name))
                .forEach(name -> after.add(right + "@" + MutationSites.written(name)));
        if (one.children().isEmpty()
                && other.children().isEmpty()
                && !one.text().equals(other.text())) {
            before.add(left);
            after.add(right);
        }
        Set<XmlName> names = new LinkedHashSet<>();
        one.children().forEach(child -> names.add(child.name()));
        other.children().forEach(child -> names.add(child.name()));
        names.forEach(name -> compare(named(one, name), named(other, name), name, left, right));
    }

    private void compare(List<Element> one, List<Element> other, XmlName name, String left, String right) {
        var start = 0;
        var end = 0;
        var shorter = Math.min(one.size(), other.size());
        if (one.size() != other.size()) {
            while (start < shorter && one.get(start).equals(other.get(start))) {
                start++;
            }
            while (end < shorter - start && one.get(one.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
                end++;
            }
        }
        var paired = shorter - end;
        for (var i = start; i < paired; i++) {
            compare(one.get(i), other.get(i), at(left, name, i), at(right, name, i));
        }
        for (var i = paired; i < one.size() - end; i++) {
            before.add(at(left, name, i));
        }
        for (var i = paired; i < other.size() - end; i++) {
            after.add(at(right, name, i));
        }
    }

    /** Return whether a place is one of these, or within one. */
    static boolean covers(Set<String> spots, String place) {
        return spots.stream().anyMatch(spot -> isWithin(place, spot));
    }

    static boolean isWithin(String place, String spot) {
        var outer = trimmed(spot);
        var inner = trimmed(place);
        return inner.equals(outer) || inner.startsWith(outer + "/");
    }

    private static String trimmed(String place) {
        return place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
    }

    private static String at(String parent, XmlName name, int index) {
        return parent + MutationSites.written(name) + "[" + (index + 1) + "]/";
    }

    private static List<Element> named(Element parent, XmlName name) {
        return new ArrayList<>(parent.children().stream()
                .filter(child -> child.name().equals(name))
                .toList());
    }
}
