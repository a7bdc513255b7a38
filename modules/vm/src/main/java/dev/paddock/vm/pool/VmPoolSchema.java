package dev.paddock.vm.pool;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;

import dev.paddock.api.pool.AddressRange;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Field;
import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.schema.Types;
import dev.paddock.vm.playbook.DurationSyntax;
import dev.paddock.vm.playbook.VmSchema;
import dev.paddock.vm.playbook.VmTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of a pool in a playbook: its settings, and those of its VMs. */
final class VmPoolSchema {
    private static final String RANGE = "192.168.50.64-192.168.50.71";

    private static final int MOST = 1000;

    private static final ScalarType ADDRESSES = new ScalarType(
            "a range of IPv4 addresses", Map.of("type", "string", "examples", List.of(RANGE)), text -> AddressRange.of(
                            text)
                    .<Reading>map(range -> new Reading.Good(range.toString()))
                    .orElseGet(() -> new Reading.Bad(
                            "'" + text + "' is not a range of IPv4 addresses, such as " + RANGE + ".")));

    private static final Fields LEASE = orShort(
            fields(
                    "default",
                            optional(
                                    DurationSyntax.type("30m"),
                                    "How long a VM is leased by default; 30m unless given."),
                    "longest",
                            optional(
                                    DurationSyntax.type("4h"),
                                    "How long it may be leased, with all extensions; 4h by default, or what default says"
                                            + " where that is longer.")),
            DurationSyntax.only("default", "30m"));

    private static final Fields ON_EMPTY = orShort(
            fields(
                    "wait",
                            optional(
                                    DurationSyntax.type("30s"),
                                    "How long a request waits for the next guest; 30s by default."),
                    "cold",
                            optional(
                                    DurationSyntax.type("2m"),
                                    "How long it waits for a guest that is booted for it; 2m when only cold is said."),
                    "fail", optional(Types.YES_NO, "Whether it is refused at once.")),
            new Shorthand("wait", "wait|cold|fail", text -> Optional.ofNullable(PoolSyntax.ON_EMPTY.get(text.strip()))
                    .map(value -> Map.of(text.strip(), value))));

    private static final Fields WORKSPACE =
            orShort(fields("size", required(VmTypes.SIZE, "How much fits into it.")), VmTypes.only("size", "1 GiB"));

    private static final Fields PROMISE = fields(
            "warm",
                    optional(
                            Types.integer("a number of guests", 0, MOST),
                            "How many guests are to be ready at any time; 1 by default."),
            "max",
                    optional(
                            Types.integer("a number of guests", 1, MOST),
                            "How many VMs there may be, ready and leased; as many as warm by default, and at least"
                                    + " one."),
            "lease", optional(LEASE, "How long a VM is leased."),
            "reset",
                    optional(
                            Types.oneOf(
                                    "a way to make a guest clean",
                                    Stream.of(ResetMethod.values())
                                            .map(ResetMethod::word)
                                            .toArray(String[]::new)),
                            "How a guest that was used becomes clean: its clean snapshot is loaded into the QEMU that"
                                    + " runs, where that is safe; libvirt reverts to it; or the VM is recreated."
                                    + " restore by default."),
            "on_empty", optional(ON_EMPTY, "What becomes of a request when no guest is ready."),
            "max_age",
                    optional(
                            DurationSyntax.type("2d"),
                            "How old the clean state of a VM may become before it is recreated."),
            "per_owner",
                    optional(
                            Types.integer("a number of guests", 1, MOST), "How many guests one user may have at once."),
            "starts",
                    optional(
                            Types.integer("a number of guests", 1, MOST),
                            "How many guests may be on their way to being ready at once; 2 by default."),
            "addresses",
                    optional(
                            ADDRESSES,
                            "The addresses of the guests in their first network, whose DHCP keeps them. The filter's IP is"
                                    + " the same."),
            "workspace", optional(WORKSPACE, "A folder that a VM shares with the host while it is leased."));

    /** All fields except those of every resource. */
    static final Fields FIELDS = all();

    private VmPoolSchema() {}

    private static Fields all() {
        Map<String, Field> all = new LinkedHashMap<>(PROMISE.fields());
        all.putAll(VmSchema.FIELDS.fields());
        // A VM of a pool has one snapshot, which is internal.
        all.remove("snapshots");
        // A pool is as good as new under another name.
        all.remove("renamed_from");
        all.computeIfPresent(
                "ready", (key, field) -> optional(field.schema(), "When a guest that was started counts as ready."));
        return new Fields(all, Optional.empty());
    }

    /** Return the keys that only pools have. */
    static List<String> promised() {
        return List.copyOf(PROMISE.fields().keySet());
    }
}
