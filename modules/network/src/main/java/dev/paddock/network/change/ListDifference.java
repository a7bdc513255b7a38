package dev.paddock.network.change;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;

/** Which elements of one list another does not have, and the other way round. Equal elements are counted. */
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
