package dev.paddock.nwfilter;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.document.FilterChain;
import dev.paddock.nwfilter.document.NormalForm;
import dev.paddock.nwfilter.protocol.PortRange;
import dev.paddock.nwfilter.protocol.Variable;
import dev.paddock.nwfilter.protocol.WordLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the document of a filter as fields of a playbook. */
final class NwfilterDescription {
    /** libvirt allows spaces in variables; playbooks do not. */
    private static final Normalizer SPELLING = Variable.or(Normalizer.TEXT);

    private NwfilterDescription() {}

    static Map<String, Object> of(Element document) {
        var filter = NormalForm.of(document);
        Map<String, Object> all = new LinkedHashMap<>();
        filter.childText("uuid").ifPresent(uuid -> all.put("uuid", uuid));
        var own = FilterChain.defaultPriority(filter.attribute("chain").orElse(FilterChain.ROOT));
        var priority = filter.attribute("priority").filter(value -> !value.equals(Integer.toString(own)));
        filter.attribute("chain")
                .filter(chain -> !chain.equals(FilterChain.ROOT) || priority.isPresent())
                .ifPresent(chain -> all.put("chain", chain));
        priority.ifPresent(value -> all.put("priority", value));
        var rules = filter.children().stream()
                .filter(child -> child.is("rule") || child.is("filterref"))
                .map(child -> child.is("rule") ? rule(child) : reference(child))
                .toList();
        if (!rules.isEmpty()) {
            all.put("rules", rules);
        }
        return all;
    }

    private static Map<String, Object> rule(Element rule) {
        Map<String, Object> all = new LinkedHashMap<>();
        rule.attribute("action").ifPresent(action -> all.put("action", action));
        rule.attribute("direction").ifPresent(direction -> all.put("direction", direction));
        rule.attribute("priority")
                .filter(priority -> !Normalizers.INTEGER.apply(priority).equals("500"))
                .ifPresent(priority -> all.put("priority", priority));
        rule.attribute("statematch").ifPresent(state -> all.put("statematch", WordLists.STATEMATCH.apply(state)));
        if (rule.children().isEmpty()) {
            all.put(NwfilterSchema.NO_PROTOCOL, Map.of());
        }
        for (var protocol : rule.children()) {
            all.put(protocol.name().local(), protocol(protocol));
        }
        return all;
    }

    private static Map<String, Object> protocol(Element protocol) {
        Map<String, Object> all = new LinkedHashMap<>();
        protocol.attributes().forEach((name, value) -> all.put(name.local(), SPELLING.apply(value)));
        PortRange.SHORT.forEach((shorter, ends) -> {
            var start = protocol.attribute(ends.start());
            var end = protocol.attribute(ends.end());
            if (start.isPresent() && end.isPresent()) {
                PortRange.of(start.get(), end.get()).ifPresent(range -> replace(all, ends, shorter, range));
            }
        });
        return all;
    }

    /** The short form replaces the first of the two attributes. */
    private static void replace(Map<String, Object> all, PortRange.Ends ends, String shorter, String range) {
        var before = new LinkedHashMap<>(all);
        all.clear();
        before.forEach((name, value) -> {
            if (name.equals(ends.start())) {
                all.put(shorter, range);
            } else if (!name.equals(ends.end())) {
                all.put(name, value);
            }
        });
    }

    private static Map<String, Object> reference(Element reference) {
        var filter = reference.attribute("filter").orElse("");
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (var parameter : reference.children("parameter")) {
            values.computeIfAbsent(parameter.attribute("name").orElse(""), name -> new ArrayList<>())
                    .add(parameter.attribute("value").orElse(""));
        }
        if (values.isEmpty()) {
            return Map.of("filterref", filter);
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        values.forEach((name, list) -> parameters.put(name, list.size() == 1 ? list.getFirst() : list));
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("filter", filter);
        inner.put("parameters", parameters);
        return Map.of("filterref", inner);
    }
}
