package dev.paddock.core.rollout;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.schema.ScalarReader;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Collects {@code serial} and {@code max_failures} of plays. */
public final class RolloutBuilder {
    public static final String SERIAL = "serial";
    public static final String MAX_FAILURES = "max_failures";

    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}|(?:100|[1-9][0-9]?)%");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int PERCENT = 100;

    /** A play with {@code serial}: the sizes of its batches, of which the last one repeats. */
    private record Limited(List<InventoryHost> hosts, List<String> sizes) {}

    private final DiagnosticSink diagnostics;
    private final ScalarReader scalars;
    private final List<Limited> plays = new ArrayList<>();
    private OptionalInt maxFailures = OptionalInt.empty();

    public RolloutBuilder(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
        this.scalars = new ScalarReader(diagnostics);
    }

    /** Add what a play says about the order of its hosts. */
    public void add(YamlNode.Mapping play, UnaryOperator<YamlNode> evaluation, List<InventoryHost> hosts) {
        play.nonNull(SERIAL).map(evaluation).ifPresent(value -> serial(value, hosts));
        play.nonNull(MAX_FAILURES).map(evaluation).ifPresent(this::maxFailures);
    }

    private void serial(YamlNode value, List<InventoryHost> hosts) {
        var sizes = scalars.list(value, "a number of hosts, or a percentage");
        var wrong = sizes.stream().filter(size -> !SIZE.matcher(size).matches()).findFirst();
        if (wrong.isPresent()) {
            diagnostics.error(
                    Code.BAD_VALUE,
                    value.place(),
                    diagnostics.quote(wrong.get()) + " is no number of hosts.",
                    "Write a number from 1, a percentage such as 30%, or a list of them, such as [1, 5, 100%].");
        } else if (!sizes.isEmpty()) {
            plays.add(new Limited(hosts, sizes));
        }
    }

    /** The lowest of all plays counts. */
    private void maxFailures(YamlNode value) {
        scalars.text(value, "a number of hosts").ifPresent(text -> {
            if (NUMBER.matcher(text).matches()) {
                var number = Integer.parseInt(text);
                maxFailures = OptionalInt.of(Math.min(number, maxFailures.orElse(number)));
            } else {
                diagnostics.error(
                        Code.BAD_VALUE,
                        value.place(),
                        diagnostics.quote(text) + " is no number of hosts.",
                        "Write how many hosts may fail before no other is begun, from 0.");
            }
        });
    }

    /**
     * Return the order of these hosts: first those that no play with {@code serial} applies to, then those of each such
     * play.
     */
    public Rollout build(List<InventoryHost> hosts) {
        Set<InventoryHost> left = new LinkedHashSet<>(hosts);
        List<Rollout.Batch> limited = new ArrayList<>();
        for (var play : plays) {
            var own = play.hosts().stream().distinct().filter(left::contains).toList();
            own.forEach(left::remove);
            var size = play.sizes().iterator();
            var last = "1";
            for (var start = 0; start < own.size(); ) {
                last = size.hasNext() ? size.next() : last;
                var end = Math.min(own.size(), start + count(last, own.size()));
                limited.add(new Rollout.Batch(own.subList(start, end), true));
                start = end;
            }
        }
        List<Rollout.Batch> batches = new ArrayList<>();
        if (!left.isEmpty()) {
            batches.add(new Rollout.Batch(List.copyOf(left), false));
        }
        batches.addAll(limited);
        return new Rollout(batches, maxFailures);
    }

    private static int count(String size, int hosts) {
        return size.endsWith("%")
                ? Math.max(1, hosts * Integer.parseInt(size.substring(0, size.length() - 1)) / PERCENT)
                : Integer.parseInt(size);
    }
}
