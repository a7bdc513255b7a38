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
 * The settings of a pool, stored in the metadata of its pattern: a libvirt domain that is defined but never started,
 * from which the VMs of the pool are made.
 *
 * @param warm number of VMs to keep ready
 * @param max maximum number of VMs, including those in use or being prepared
 * @param lease duration of a lease unless requested otherwise
 * @param longest maximum duration of a lease with all extensions
 * @param patience how long a request waits when no VM is ready
 * @param maxAge maximum age of a VM's clean state before the VM is recreated
 * @param perOwner maximum number of VMs that one user may lease at once
 * @param starts maximum number of VMs being prepared at once
 * @param addresses addresses of the first interface, one for each VM
 * @param workspace size in bytes of the folder that a VM shares with the host; absent for none
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

    /** Return the element that makes a domain the pattern of a pool; absent for other domains. */
    public static Optional<Element> elementOf(Element domain) {
        return Metadata.of(domain, SPACE, POOL);
    }

    /**
     * Return whether an element of {@link #SPACE} belongs to a pattern. libvirt returns such an element without its
     * namespace.
     */
    public static boolean isElement(Element element) {
        return element.name().local().equals(POOL);
    }

    /** Return the settings of a pattern; absent for other domains and for invalid metadata. */
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

    /** Return the element for a domain's metadata. */
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

    /** The numeric attributes of an element. */
    private record Words(Element element) {
        private static final String NUMBER = "[0-9]{1,18}";

        OptionalLong number(String name) {
            var text = element.attributes().get(XmlName.of(name));
            return text != null && text.matches(NUMBER) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        }
    }
}
