package dev.paddock.network.change;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;

/** The elements that two lists share, and those that only one of them has. Equal elements are counted. */
record ListDifference(List<Element> kept, List<Element> removed, List<Element> added) {
    static ListDifference between(List<Element> from, List<Element> to) {
        List<Element> added = new ArrayList<>(to);
        List<Element> kept = new ArrayList<>();
        List<Element> removed = new ArrayList<>();
        for (var element : from) {
            (added.remove(element) ? kept : removed).add(element);
        }
        return new ListDifference(kept, removed, added);
    }
}
