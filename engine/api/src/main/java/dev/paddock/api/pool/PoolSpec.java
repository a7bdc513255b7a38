package dev.paddock.api.pool;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import dev.paddock.api.xml.XmlName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a pool promises, as the metadata of its pattern say: a libvirt domain that is defined and never started, from
 * which the guests of the pool are made.
 *
 * @param warm how many guests are to be ready at any time
 * @param max how many guests there may be, ready, in use and on their way to either
 * @param lease how long a guest is lent when nothing else is asked
 * @param longest how long it may be lent at most, with all extensions
 * @param patience how long a request waits when none is ready
 * @param maxAge how old the clean state of a guest may become before it is made anew
 * @param perOwner how many guests one user may have at once
 * @param starts how many guests may be on their way to being ready at once
 * @param addresses the addresses of the first interface, one for each guest
 * @param workspace the size in bytes of the folder that a guest shares with the host; absent for none
 */
public record PoolSpec(
        int warm,
        int max,
        Duration lease,
        Duration longest,
        ResetMethod reset,
        OnEmpty onEmpty,
        Duration patience,
        Optional<Duration> maxAge,
        OptionalInt perOwner,
        int starts,
        Optional<AddressRange> addresses,
        OptionalLong workspace,
        List<SlotDisk> disks) {
    public static final String SPACE = "https://paddock.dev/xmlns/pool/1";

    private static final String POOL = "pool";
    private static final String DISK = "disk";

    public PoolSpec {
        disks = List.copyOf(disks);
    }

    /** Return the element that makes a domain the pattern of a pool; absent of other domains. */
    public static Optional<Element> elementOf(Element domain) {
        return Metadata.of(domain, SPACE, POOL);
    }

    /** Whether an element of {@link #SPACE} is that of a pattern; libvirt gives such an element without its namespace. */
    public static boolean isElement(Element element) {
        return element.name().local().equals(POOL);
    }

    /** Return what a pattern promises; absent of other domains, and of metadata that make no sense. */
    public static Optional<PoolSpec> of(Element domain) {
        return elementOf(domain).flatMap(PoolSpec::read);
    }

    private static Optional<PoolSpec> read(Element element) {
        var words = new Words(element);
        var reset = element.attribute("reset").flatMap(ResetMethod::of);
        var onEmpty = element.attribute("on_empty").flatMap(OnEmpty::of);
        var warm = words.number("warm");
        var max = words.number("max");
        var lease = words.number("lease");
        var longest = words.number("longest");
        var patience = words.number("patience");
        var starts = words.number("starts");
        if (reset.isEmpty()
                || onEmpty.isEmpty()
                || warm.isEmpty()
                || max.isEmpty()
                || lease.isEmpty()
                || longest.isEmpty()
                || patience.isEmpty()
                || starts.isEmpty()) {
            return Optional.empty();
        }
        var perOwner = words.number("per_owner");
        var maxAge = words.number("max_age");
        return Optional.of(new PoolSpec(
                (int) warm.getAsLong(),
                (int) max.getAsLong(),
                Duration.ofSeconds(lease.getAsLong()),
                Duration.ofSeconds(longest.getAsLong()),
                reset.get(),
                onEmpty.get(),
                Duration.ofSeconds(patience.getAsLong()),
                maxAge.isPresent() ? Optional.of(Duration.ofSeconds(maxAge.getAsLong())) : Optional.empty(),
                perOwner.isPresent() ? OptionalInt.of((int) perOwner.getAsLong()) : OptionalInt.empty(),
                (int) starts.getAsLong(),
                element.attribute("addresses").flatMap(AddressRange::of),
                words.number("workspace"),
                element.children().stream()
                        .filter(child -> child.name().local().equals(DISK))
                        .map(PoolSpec::disk)
                        .toList()));
    }

    private static SlotDisk disk(Element element) {
        return new SlotDisk(
                element.attribute("target").orElse(""),
                new Words(element).number("capacity"),
                element.attribute("backing")
                        .map(path -> new SlotDisk.Backing(
                                path, element.attribute("backing_format").orElse("qcow2"))));
    }

    /** Return the element that says this in a domain's metadata. */
    public Element element() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("warm", Integer.toString(warm));
        words.put("max", Integer.toString(max));
        words.put("lease", Long.toString(lease.toSeconds()));
        words.put("longest", Long.toString(longest.toSeconds()));
        words.put("reset", reset.word());
        words.put("on_empty", onEmpty.word());
        words.put("patience", Long.toString(patience.toSeconds()));
        maxAge.ifPresent(age -> words.put("max_age", Long.toString(age.toSeconds())));
        perOwner.ifPresent(most -> words.put("per_owner", Integer.toString(most)));
        words.put("starts", Integer.toString(starts));
        addresses.ifPresent(range -> words.put("addresses", range.toString()));
        workspace.ifPresent(size -> words.put("workspace", Long.toString(size)));
        return PoolElement.of(POOL, words)
                .withChildren(disks.stream().map(PoolSpec::element).toList());
    }

    private static Element element(SlotDisk disk) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("target", disk.target());
        disk.capacity().ifPresent(bytes -> words.put("capacity", Long.toString(bytes)));
        disk.backing().ifPresent(backing -> {
            words.put("backing", backing.path());
            words.put("backing_format", backing.format());
        });
        return PoolElement.of(DISK, words);
    }

    /** The attributes of an element that are numbers. */
    private record Words(Element element) {
        private static final String NUMBER = "[0-9]{1,18}";

        OptionalLong number(String name) {
            var text = element.attributes().get(XmlName.of(name));
            return text != null && text.matches(NUMBER) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        }
    }
}
