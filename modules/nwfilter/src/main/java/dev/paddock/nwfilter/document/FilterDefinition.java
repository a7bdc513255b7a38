package dev.paddock.nwfilter.document;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A filter, as libvirt reads it.
 *
 * @param chain the chain of its rules for frames
 * @param chainPriority the position of that chain among the others
 */
public record FilterDefinition(String name, String chain, int chainPriority, List<FilterEntry> entries) {
    public FilterDefinition {
        entries = List.copyOf(entries);
    }

    /** Read a document that satisfies libvirt's schema. */
    public static FilterDefinition of(Element filter) {
        var normal = NormalForm.of(filter);
        List<FilterEntry> entries = new ArrayList<>();
        for (var child : normal.children()) {
            var number = entries.size() + 1;
            if (child.is("rule")) {
                entries.add(new FilterEntry.One(FilterRule.of(number, child)));
            } else if (child.is("filterref")) {
                entries.add(new FilterEntry.Reference(
                        number, child.attribute("filter").orElse(""), parameters(child)));
            }
        }
        return new FilterDefinition(
                normal.attribute("name").orElse(""),
                normal.attribute("chain").orElse(FilterChain.ROOT),
                Integer.parseInt(
                        Normalizers.INTEGER.apply(normal.attribute("priority").orElse("0"))),
                entries);
    }

    /** Return the parameters of a {@code <filterref>}; values of the same name are together, in order. */
    public static Map<String, List<String>> parameters(Element filterref) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (var parameter : filterref.children("parameter")) {
            parameters
                    .computeIfAbsent(parameter.attribute("name").orElse(""), name -> new ArrayList<>())
                    .add(parameter.attribute("value").orElse(""));
        }
        return parameters;
    }
}
