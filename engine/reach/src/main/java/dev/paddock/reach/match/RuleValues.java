package dev.paddock.reach.match;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.net.Subnet;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.nwfilter.protocol.CanonicalValue;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The attribute values of a rule, with one combination of values for its variables. */
public record RuleValues(FilterRule rule, Map<String, String> variables) {

    public boolean has(String attribute) {
        return rule.attributes().containsKey(attribute);
    }

    public boolean negates(String attribute) {
        return rule.negated().contains(attribute);
    }

    public Optional<String> text(String attribute) {
        return Optional.ofNullable(rule.attributes().get(attribute))
                .map(text -> variables.containsKey(text)
                        ? CanonicalValue.canonical(rule.protocol().orElse(""), attribute, variables.get(text))
                        : text);
    }

    public OptionalLong number(String attribute) {
        var text = text(attribute);
        return text.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(CanonicalValue.number(text.get()).orElseThrow(() -> unusable(attribute, text.get())));
    }

    /**
     * Check a range as the host's tools do.
     *
     * @throws UnusableFilterException if its end is before its start
     */
    public void requireOrder(String attribute, long first, long last) {
        if (last < first) {
            throw new UnusableFilterException(
                    "The range of " + attribute + " in the rule '" + rule + "' ends before it starts, and is refused.");
        }
    }

    public Optional<MacAddress> mac(String attribute) {
        return text(attribute).map(text -> MacAddress.parse(text).orElseThrow(() -> unusable(attribute, text)));
    }

    public Optional<IpAddress> address(String attribute) {
        return text(attribute).map(text -> IpAddress.parse(text).orElseThrow(() -> unusable(attribute, text)));
    }

    /** Return the addresses of an attribute and its mask. The value of a variable may contain its own mask. */
    public Optional<Subnet> subnet(String attribute, String mask) {
        return text(attribute).map(text -> {
            var masked = text(mask).map(length -> text + "/" + length).orElse(text);
            return Subnet.parse(masked).orElseThrow(() -> unusable(attribute, masked));
        });
    }

    private UnusableFilterException unusable(String attribute, String text) {
        return new UnusableFilterException(
                "The rule '" + rule + "' gets the value '" + text + "' for " + attribute + ", which is none.");
    }
}
