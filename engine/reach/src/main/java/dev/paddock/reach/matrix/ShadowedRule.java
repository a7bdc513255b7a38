package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.nwfilter.document.FilterRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the matches of two rules of one protocol. */
final class ShadowedRule {
    private static final Set<String> WITHOUT_MEANING = Set.of("comment");

    private ShadowedRule() {}

    /**
     * Return whether one rule matches everything that the other does; false also if it is unknown, as with variables.
     */
    static boolean matchesAll(FilterRule one, FilterRule other) {
        Set<String> left = new HashSet<>(one.attributes().keySet());
        left.removeAll(WITHOUT_MEANING);
        for (var side : List.of("src", "dst")) {
            for (var names : List.of(
                    List.of(side + "ipaddr", side + "ipmask", side + "ipfrom", side + "ipto"),
                    List.of(side + "portstart", side + "portend"))) {
                if (contains(span(one, names), span(other, names))) {
                    names.forEach(left::remove);
                }
            }
        }
        return left.stream()
                .allMatch(name -> Objects.equals(
                                one.attributes().get(name), other.attributes().get(name))
                        && !one.negated().contains(name)
                        && !other.negated().contains(name));
    }

    private static boolean contains(Optional<Span> one, Optional<Span> other) {
        return one.isPresent() && other.isPresent() && one.get().contains(other.get());
    }

    /** A range from first to last; ports are numbered like addresses. */
    private record Span(IpAddress first, IpAddress last) {
        boolean contains(Span other) {
            return first.isSix() == other.first.isSix()
                    && first.compareTo(other.first) <= 0
                    && last.compareTo(other.last) >= 0;
        }
    }

    /** Return the range of these attributes; absent if it is not a single range. */
    private static Optional<Span> span(FilterRule rule, List<String> names) {
        Map<String, String> said = new HashMap<>(rule.attributes());
        said.keySet().retainAll(names);
        if (said.isEmpty() || names.stream().anyMatch(rule.negated()::contains)) {
            return Optional.empty();
        }
        return names.size() == 2 ? ports(said, names) : addresses(said, names);
    }

    private static Optional<Span> ports(Map<String, String> said, List<String> names) {
        var first = number(said.get(names.getFirst()));
        var last = said.containsKey(names.getLast()) ? number(said.get(names.getLast())) : first;
        return first.isPresent() && last.isPresent()
                ? Optional.of(new Span(IpAddress.ANY.plus(first.get()), IpAddress.ANY.plus(last.get())))
                : Optional.empty();
    }

    private static Optional<Span> addresses(Map<String, String> said, List<String> names) {
        var base = address(said.get(names.get(0)));
        var from = address(said.get(names.get(2)));
        var to = address(said.get(names.get(3)));
        if (base.isPresent() && said.size() == 1) {
            return Optional.of(new Span(base.get(), base.get()));
        }
        if (base.isPresent() && said.size() == 2 && said.containsKey(names.get(1))) {
            return number(said.get(names.get(1))).map(length -> subnet(base.get(), length));
        }
        return from.isPresent() && to.isPresent() && said.size() == 2
                ? Optional.of(new Span(from.get(), to.get()))
                : Optional.empty();
    }

    private static Span subnet(IpAddress base, int length) {
        var first = base.octets();
        var last = base.octets();
        for (var bit = length; bit < first.length * Byte.SIZE; bit++) {
            var mask = 0x80 >> bit % Byte.SIZE;
            first[bit / Byte.SIZE] &= (byte) ~mask;
            last[bit / Byte.SIZE] |= (byte) mask;
        }
        return new Span(IpAddress.of(first), IpAddress.of(last));
    }

    private static Optional<IpAddress> address(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(IpAddress::parse);
    }

    private static Optional<Integer> number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(each -> each.matches("[0-9]{1,5}"))
                .map(Integer::valueOf);
    }
}
