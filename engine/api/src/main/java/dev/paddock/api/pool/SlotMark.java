package dev.paddock.api.pool;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of a pool's VM: its slot, and which VM of the slot it is.
 *
 * @param incarnation distinguishes successive VMs of a slot
 * @param digest of the pattern that it was made from
 * @param origin the slot whose VM the saved memory is of: it was copied, or is itself copied; absent if neither
 */
public record SlotMark(PoolSlot slot, String incarnation, String digest, Optional<PoolSlot> origin) {
    private static final String SLOT = "slot";
    private static final String ORIGIN = "origin";

    /** Return the mark of a VM that shares its saved memory with no other. */
    public SlotMark(PoolSlot slot, String incarnation, String digest) {
        this(slot, incarnation, digest, Optional.empty());
    }

    public static Optional<SlotMark> of(Element domain) {
        return Metadata.of(domain, PoolSpec.SPACE, SLOT).flatMap(SlotMark::read);
    }

    private static Optional<SlotMark> read(Element element) {
        return element.attribute("number")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(number -> new SlotMark(
                        new PoolSlot(word(element, "pool"), word(element, "uuid"), Integer.parseInt(number)),
                        word(element, "incarnation"),
                        word(element, "digest"),
                        element.attribute(ORIGIN)
                                .filter(text -> text.matches("[0-9]{1,6}"))
                                .map(text -> new PoolSlot(
                                        word(element, "pool"), word(element, "uuid"), Integer.parseInt(text)))));
    }

    private static String word(Element element, String name) {
        return element.attribute(name).orElse("");
    }

    public Element element() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("pool", slot.pool());
        words.put("uuid", slot.uuid());
        words.put("number", Integer.toString(slot.number()));
        words.put("incarnation", incarnation);
        words.put("digest", digest);
        origin.ifPresent(from -> words.put(ORIGIN, Integer.toString(from.number())));
        return PoolElement.of(SLOT, words);
    }
}
