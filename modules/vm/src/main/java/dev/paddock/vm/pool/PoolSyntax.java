package dev.paddock.vm.pool;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.pool.AddressRange;
import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.value.DurationText;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.playbook.PlaybookValues;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Converts the settings of a pool from and to the fields of a playbook. */
final class PoolSyntax {
    /** The meanings of the short forms of {@code on_empty}. */
    static final Map<String, String> ON_EMPTY = Map.of("wait", "30s", "cold", "2m", "fail", "yes");

    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STARTS = 2;

    private PoolSyntax() {}

    /** Return the settings of a pool, with defaults for those that are missing. */
    static PoolSpec spec(Value.Mapping said, List<SlotDisk> disks) {
        var warm = number(said, "warm").orElse(1);
        var lease = PlaybookValues.mapping(said, "lease").orElse(PlaybookValues.mapping(said.place()));
        var usual = seconds(lease, "default").orElse(LEASE);
        var empty = PlaybookValues.mapping(said, "on_empty").orElse(PlaybookValues.mapping(said.place()));
        var onEmpty = onEmpty(empty);
        return new PoolSpec(
                warm,
                number(said, "max").orElse(Math.max(warm, 1)),
                usual,
                seconds(lease, "longest").orElse(usual.compareTo(LONGEST) > 0 ? usual : LONGEST),
                said.text("reset").flatMap(ResetMethod::of).orElse(ResetMethod.RESTORE),
                onEmpty,
                switch (onEmpty) {
                    case WAIT -> seconds(empty, "wait").orElse(PATIENCE);
                    case COLD -> seconds(empty, "cold").orElse(PATIENCE);
                    case FAIL -> Duration.ZERO;
                },
                seconds(said, "max_age"),
                number(said, "per_owner"),
                number(said, "starts").orElse(STARTS),
                said.text("addresses").flatMap(AddressRange::of),
                PlaybookValues.mapping(said, "workspace")
                        .flatMap(workspace -> workspace.text("size"))
                        .map(size -> OptionalLong.of(Long.parseLong(size)))
                        .orElse(OptionalLong.empty()),
                disks);
    }

    private static OnEmpty onEmpty(Value.Mapping said) {
        if (said.text("fail").filter("yes"::equals).isPresent()) {
            return OnEmpty.FAIL;
        }
        return said.text("cold").isPresent() ? OnEmpty.COLD : OnEmpty.WAIT;
    }

    private static OptionalInt number(Value.Mapping said, String key) {
        return said.text(key)
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }

    private static Optional<Duration> seconds(Value.Mapping said, String key) {
        return said.text(key).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Return the settings as templates see them: the attributes of the element, and its disks. */
    static Value.Mapping model(PoolSpec spec, SourceLocation place) {
        var element = spec.element();
        return attributes(element, place)
                .with(
                        "disks",
                        PlaybookValues.list(
                                place,
                                element.children().stream()
                                        .map(disk -> attributes(disk, place))
                                        .toList()));
    }

    private static Value.Mapping attributes(Element element, SourceLocation place) {
        var mapping = PlaybookValues.mapping(place);
        for (var attribute : element.attributes().entrySet()) {
            mapping = PlaybookValues.with(mapping, attribute.getKey().local(), attribute.getValue());
        }
        return mapping;
    }

    /** Return the settings as fields of a playbook. */
    static Map<String, Object> words(PoolSpec spec) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("warm", Integer.toString(spec.warm()));
        words.put("max", Integer.toString(spec.max()));
        words.put(
                "lease", ordered("default", DurationText.of(spec.lease()), "longest", DurationText.of(spec.longest())));
        words.put("reset", spec.reset().word());
        words.put(
                "on_empty",
                switch (spec.onEmpty()) {
                    case WAIT, COLD -> Map.of(spec.onEmpty().word(), DurationText.of(spec.patience()));
                    case FAIL -> spec.onEmpty().word();
                });
        spec.maxAge().ifPresent(age -> words.put("max_age", DurationText.of(age)));
        spec.perOwner().ifPresent(most -> words.put("per_owner", Integer.toString(most)));
        words.put("starts", Integer.toString(spec.starts()));
        spec.addresses().ifPresent(range -> words.put("addresses", range.toString()));
        spec.workspace().ifPresent(size -> words.put("workspace", Map.of("size", bytes(size))));
        return words;
    }

    /** Return an amount of bytes in the largest unit that divides it. */
    static String bytes(long amount) {
        return amount % (1 << 30) == 0
                ? amount / (1 << 30) + " GiB"
                : amount % (1 << 20) == 0 ? amount / (1 << 20) + " MiB" : amount + " B";
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object other) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put(first, one);
        ordered.put(second, other);
        return ordered;
    }
}
